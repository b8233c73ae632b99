// SPDX-License-Identifier: MIT
// The device trees of the virtual board: what QEMU describes of itself, and the nodes of a Qualcomm SoC
// in the ways in which real trees write them. Source: the kernel's bindings under soc/qcom and hwlock.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cache } from './cache.js'
import {
  CARVE_OUT,
  FIRMWARE,
  HEXAGON,
  HEXAGON_BUS,
  HEXAGON_POWER,
  HEXAGON_RESETS,
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
  /** What the usual ones say to each other, and who listens; by default there is one entry each way out. */
  readonly talk?: Talk
}

/** Entries and state words that the tree knows, and the bits of them that a device of the guest listens to. */
export interface Talk {
  /** By edge. */
  readonly entries: Readonly<Record<string, Entries>>
  readonly heard: readonly Heard[]
  /** The edge of a processor that the kernel starts and stops: bits of one entry each way. */
  readonly started?: {
    readonly from: string
    readonly sends: string
    readonly receives: string
    /** By the driver's name of the bit. */
    readonly bits: Readonly<Record<string, number>>
    readonly stopBit: number
  }
}

/** The names of smp2p's words, by direction as seen from the guest. */
export interface Entries {
  readonly outbound: readonly string[]
  readonly inbound: readonly string[]
}

/** One bit of another processor's word. */
export interface Heard {
  /** An smp2p edge, or `smsm`. */
  readonly from: string
  /** An entry of that edge, or the processor whose state it is. */
  readonly entry: string
  readonly bit: number
  readonly on: 'rise' | 'fall' | 'both'
}

/** As the kernel names what listens to it. */
export function label({ from, entry, bit }: Heard): string {
  return `${from}/${entry}/${bit}`
}

/** A remote processor as its smp2p device: the probe makes the kernel allocate the item `send`. */
export interface Edge {
  readonly name: string
  readonly host: number
  readonly receive: number
  readonly send: number
}

const SOC = 'qcom,sdm845'
export const MODEL = 'qcom-smem virtual board'

/** The register that interrupts the others, from the start of IPC_REGISTERS; a bit for each. */
export const IPC_OFFSET = 8

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
	model = "${MODEL}";
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
	${[...SMP2P, ...(style.more ?? [])].map((edge, i) => smp2p(edge, i, style.talk)).join('\n\t')}
	smsm {
		compatible = "qcom,smsm";
		#address-cells = <1>;
		#size-cells = <0>;
		qcom,ipc-1 = <&ipc ${IPC_OFFSET} 13>;
		apps@0 { reg = <0>; #qcom,smem-state-cells = <1>; };
		${phandle({ from: 'smsm', entry: 'modem' })}: modem@1 {
			reg = <1>; interrupts = <0 ${SMSM_INTERRUPT} 1>; interrupt-controller; #interrupt-cells = <2>;
		};
	};
	${style.talk === undefined ? '' : listener(style.talk.heard)}
	${style.talk?.started === undefined ? '' : remoteProcessor(style.talk.started)}
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
export const SMP2P: readonly Edge[] = [
  { name: 'modem', host: 1, receive: 435, send: 428 },
  { name: 'adsp', host: 2, receive: 443, send: 429 },
  { name: 'cdsp', host: 5, receive: 94, send: 432 },
]

/** Only a doorbell raises these. */
export const SMSM_INTERRUPT = 103
const FIRST_INTERRUPT = 104

/** The interrupt by which the remote processor of an edge says that it has changed something. */
export function interruptOf(edge: string): number {
  return FIRST_INTERRUPT + SMP2P.findIndex(({ name }) => name === edge)
}

const QUIET: Entries = { outbound: ['master-kernel'], inbound: [] }

function smp2p(remote: Edge, index: number, talk?: Talk): string {
  const { outbound, inbound } = talk?.entries[remote.name] ?? QUIET
  const nodes = [
    ...outbound.map(
      (entry) =>
        `${phandle({ from: remote.name, entry })}: out-${entry} {
			${named(entry)} #qcom,smem-state-cells = <1>;
		};`,
    ),
    ...inbound.map(
      (entry) =>
        `${phandle({ from: remote.name, entry })}: in-${entry} {
			${named(entry)} interrupt-controller; #interrupt-cells = <2>;
		};`,
    ),
  ]
  return `smp2p-${remote.name} {
		compatible = "qcom,smp2p";
		qcom,smem = <${remote.receive}>, <${remote.send}>;
		interrupts = <0 ${FIRST_INTERRUPT + index} 1>;
		qcom,ipc = <&ipc ${IPC_OFFSET} ${index}>;
		qcom,local-pid = <0>;
		qcom,remote-pid = <${remote.host}>;
		${nodes.join('\n\t\t')}
	};`
}

/** Keys that are pressed by bits, so to speak: a driver that takes any interrupt, one for each. */
function listener(heard: readonly Heard[]): string {
  const flags = { rise: 1, fall: 2, both: 3 }
  const keys = heard.map(
    (one, index) => `key-${index} {
			label = "${label(one)}"; linux,code = <${index + 1}>;
			interrupts-extended = <&${phandle(one)} ${one.bit} ${flags[one.on]}>;
		};`,
  )
  return `listener { compatible = "gpio-keys"; ${keys.join('\n\t\t')} };`
}

/** A Hexagon core, with memory for its registers; a driver that uses no secure world. */
function remoteProcessor({ from, sends, receives, bits, stopBit }: NonNullable<Talk['started']>) {
  const sent = phandle({ from, entry: sends })
  const received = phandle({ from, entry: receives })
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')
  const lines = Object.entries(bits).map(([, bit]) => `<&${received} ${bit} 1>`)
  const resets = ['wcss_aon_reset', 'wcss_reset', 'wcss_q6_reset', 'wcss_q6_bcr_reset']
  return `reserved-memory { firmware_mem: firmware@${unit(FIRMWARE)} { ${reg(FIRMWARE)} no-map; }; };
	halt: syscon@${unit(HEXAGON_BUS)} { compatible = "syscon"; ${reg(HEXAGON_BUS)} };
	resets: reset-controller@${unit(HEXAGON_RESETS)} {
		compatible = "snps,dw-low-reset"; ${reg(HEXAGON_RESETS)} #reset-cells = <1>;
	};
	remoteproc@${unit(HEXAGON)} {
		compatible = "qcom,ipq8074-wcss-pil";
		reg = <0 ${hex(HEXAGON.base)} 0 ${hex(HEXAGON.size)}>, <0 ${hex(HEXAGON_POWER.base)} 0 ${hex(HEXAGON_POWER.size)}>;
		reg-names = "qdsp6", "rmb";
		interrupts-extended = ${lines.join(', ')};
		interrupt-names = ${quoted(Object.keys(bits))};
		resets = ${resets.map((_, index) => `<&resets ${index}>`).join(', ')};
		reset-names = ${quoted(resets)};
		qcom,halt-regs = <&halt 0x100 0x200 0x300>;
		qcom,smem-states = <&${sent} ${stopBit}>;
		qcom,smem-state-names = "stop";
		memory-region = <&firmware_mem>;
	};`
}

function named(entry: string): string {
  return `qcom,entry-name = "${entry}";`
}

/** Of the node whose bits can be listened to. */
function phandle({ from, entry }: Pick<Heard, 'from' | 'entry'>): string {
  return `${from}_${entry}`.replaceAll('-', '_')
}

function unit(range: Range): string {
  return range.base.toString(16)
}

function reg(range: Range): string {
  return `reg = <0 ${hex(range.base)} 0 ${hex(range.size)}>;`
}
