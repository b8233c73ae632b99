// SPDX-License-Identifier: MIT
// The device trees of the virtual board: what QEMU describes of itself, and the nodes of a Qualcomm SoC
// in the ways in which real trees write them. Source: the kernel's bindings under soc/qcom and hwlock.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cache } from './cache.js'
import {
  CARVE_OUT,
  hex,
  IPC_REGISTERS,
  LOCK_INDEX,
  LOCK_STRIDE,
  MESSAGE_RAM,
  MUTEX_BANK,
  machine,
  type Range,
} from './machine.js'

export interface TreeStyle {
  /** `phandle`: a /smem node points at the carve-out; `reserved`: the reserved node is the device. */
  readonly smem: 'phandle' | 'reserved' | 'none'
  /** `reg`: the mutex node has the registers; `syscon`: it points at a node that does. */
  readonly mutex: 'reg' | 'syscon'
  /** Without it the carve-out is ordinary System RAM. */
  readonly noMap: boolean
  readonly processors: 1 | 2
  /** Remote processors beyond the usual ones. */
  readonly more?: readonly Edge[]
}

/** A remote processor as its smp2p device: the probe makes the kernel allocate the item `send`. */
export interface Edge {
  readonly name: string
  readonly host: number
  readonly receive: number
  readonly send: number
}

const SOC = 'qcom,sdm845'

/** Compiles the tree of one style and returns its path; `name` is that of the file. */
export function deviceTree(
  cache: Cache,
  folder: string,
  name: string,
  style: TreeStyle,
  carveOutSize: number,
): string {
  const base = join(folder, 'virt.dtb')
  const [qemu = '', ...options] = cache.qemu
  const dump = ['-display', 'none', '-machine', `virt,gic-version=3,dumpdtb=${base}`]
  execFileSync(qemu, [...options, ...dump, ...machine(style.processors)], { stdio: 'ignore' })
  const [dtc = '', ...loader] = cache.dtc
  const virt = execFileSync(dtc, [...loader, '-q', '-I', 'dtb', '-O', 'dts', base])
  const source = join(folder, `${name}.dts`)
  const out = join(folder, `${name}.dtb`)
  writeFileSync(source, virt + soc(style, { ...CARVE_OUT, size: carveOutSize })) // dtc merges a second root node into the first
  execFileSync(dtc, [...loader, '-q', '-I', 'dts', '-O', 'dtb', '-o', out, source])
  return out
}

function soc(style: TreeStyle, carveOut: Range): string {
  return `/ {
	model = "qcom-smem virtual board";
	compatible = "qcom-smem,virtual-board", "${SOC}";
	reserved-memory {
		#address-cells = <2>;
		#size-cells = <2>;
		ranges;
		smem_mem: smem@${unit(carveOut)} {
			${reg(carveOut)}
			${style.noMap ? 'no-map;' : ''}
			${style.smem === 'reserved' ? smemDevice() : ''}
		};
		registers@${unit(MUTEX_BANK)} { reg = <0 ${hex(MUTEX_BANK.base)} 0 0x200000>; no-map; };
		rpm_msg_ram: memory@${unit(MESSAGE_RAM)} { ${reg(MESSAGE_RAM)} no-map; };
	};
	${style.smem === 'phandle' ? `smem { ${smemDevice()} memory-region = <&smem_mem>; };` : ''}
	${MUTEX[style.mutex]}
	ipc: syscon@${unit(IPC_REGISTERS)} { compatible = "syscon"; ${reg(IPC_REGISTERS)} };
	${[...SMP2P, ...(style.more ?? [])].map(smp2p).join('\n\t')}
	smsm {
		compatible = "qcom,smsm";
		#address-cells = <1>;
		#size-cells = <0>;
		qcom,ipc-1 = <&ipc 8 13>;
		apps@0 { reg = <0>; #qcom,smem-state-cells = <1>; };
		modem@1 { reg = <1>; interrupts = <0 103 1>; interrupt-controller; #interrupt-cells = <2>; };
	};
};
`
}

function smemDevice(): string {
  return `compatible = "qcom,smem"; hwlocks = <&mutex ${LOCK_INDEX}>; qcom,rpm-msg-ram = <&rpm_msg_ram>;`
}

const MUTEX = {
  reg: `mutex: hwlock@${unit(MUTEX_BANK)} {
		compatible = "qcom,tcsr-mutex"; ${reg(MUTEX_BANK)} #hwlock-cells = <1>;
	};`,
  syscon: `mutex_regs: syscon@${unit(MUTEX_BANK)} { compatible = "syscon"; ${reg(MUTEX_BANK)} };
	mutex: hwlock {
		compatible = "qcom,tcsr-mutex";
		syscon = <&mutex_regs 0 ${hex(LOCK_STRIDE)}>;
		#hwlock-cells = <1>;
	};`,
}

/** The remote processors of every board. */
const SMP2P: readonly Edge[] = [
  { name: 'modem', host: 1, receive: 435, send: 428 },
  { name: 'adsp', host: 2, receive: 443, send: 429 },
  { name: 'cdsp', host: 5, receive: 94, send: 432 },
]

/** Nothing raises these, but each device wants its own. */
const FIRST_INTERRUPT = 104

function smp2p(remote: Edge, index: number): string {
  return `smp2p-${remote.name} {
		compatible = "qcom,smp2p";
		qcom,smem = <${remote.receive}>, <${remote.send}>;
		interrupts = <0 ${FIRST_INTERRUPT + index} 1>;
		qcom,ipc = <&ipc 8 ${index}>;
		qcom,local-pid = <0>;
		qcom,remote-pid = <${remote.host}>;
		master-kernel { qcom,entry-name = "master-kernel"; #qcom,smem-state-cells = <1>; };
	};`
}

function unit(range: Range): string {
  return range.base.toString(16)
}

function reg(range: Range): string {
  return `reg = <0 ${hex(range.base)} 0 ${hex(range.size)}>;`
}
