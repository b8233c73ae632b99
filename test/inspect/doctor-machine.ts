// SPDX-License-Identifier: MIT
// Machines for the tests of doctor: a folder with the files in which Linux describes itself, and two
// functions in the place of /dev/mem. The starting point is the emulated board: a Debian kernel, root.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { MachineOptions } from '#lib/inspect/doctor/machine.js'
import type { NativeStatus } from '#lib/native/load.js'
import { BytesPort } from '#lib/port/bytes.js'
import { sdm845 } from '../board-discovery/boards.js'
import { type TreeText, writeFolder } from '../board-discovery/tree-writer.js'

export const CARVE_OUT = 0x86000000

export const loaded: NativeStatus = {
  loaded: '/opt/qcom-smem/build/Release/qcom_smem.node',
  kind: 'local build',
  tried: [],
  platform: 'linux',
  arch: 'arm64',
  libc: 'glibc 2.41',
  target: 'linux-arm64',
  remedy: 'build it: cd /opt/qcom-smem && cmake --build build',
}

/** What `map` and `tryOpen` answer with: an errno name, or null for success. */
export interface Refusals {
  open?: string
  carveOut?: string
  mutexWord?: string
}

export interface Description {
  /** Contents of files; null removes one that every machine has. */
  files?: Record<string, string | Uint8Array | null>
  /** Symbolic links, path to target. */
  links?: Record<string, string>
  /** null: this machine has none. */
  tree?: TreeText | null
  native?: NativeStatus
  refusals?: Refusals
  /** What the carve-out holds; else an empty heap with the words of `header`. */
  memory?: Uint8Array
  /** The words at 0xc0 (initialized), 0xcc (reserved) and 0x5c (version). */
  header?: { initialized?: number; reserved?: number; version?: number }
}

const HWLOCK_DRIVER = '/sys/bus/platform/drivers/qcom_hwspinlock'

/** Debian's kernel with both drivers bound, seen by root. */
const debianBoard: Record<string, string> = {
  '/dev/mem': '',
  '/proc/self/status': 'Name:\tnode\nUid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\n',
  '/proc/sys/kernel/osrelease': '6.12.107+deb13-arm64\n',
  '/proc/cmdline': 'console=ttyAMA0 quiet\n',
  '/boot/config-6.12.107+deb13-arm64':
    'CONFIG_DEVMEM=y\nCONFIG_STRICT_DEVMEM=y\nCONFIG_IO_STRICT_DEVMEM=y\n' +
    'CONFIG_SECURITY_LOCKDOWN_LSM=y\nCONFIG_QCOM_SMEM=m\nCONFIG_HWSPINLOCK_QCOM=m\n',
  '/proc/iomem':
    '01f40000-01f5ffff : 1f40000.hwlock hwlock@1f40000\n' +
    '80000000-85ffffff : System RAM\n  80210000-8194ffff : Kernel code\n' +
    '86000000-861fffff : reserved\n86200000-ffffffff : System RAM\n',
  '/sys/kernel/security/lockdown': '[none] integrity confidentiality\n',
  [`${HWLOCK_DRIVER}/bind`]: '',
  [`${HWLOCK_DRIVER}/module`]: '',
  [`${HWLOCK_DRIVER}/1f40000.hwlock`]: '',
  '/sys/bus/platform/drivers/qcom-smem/uevent': '',
  '/sys/bus/platform/drivers/qcom-smem/86000000.smem': '',
}

/** Writes the machine below a new folder and calls back with what `doctorReport` takes. */
export function withMachine<T>(description: Description, use: (options: MachineOptions) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'smem-machine-'))
  try {
    const { files = {}, links = {}, tree = sdm845, native = loaded } = description
    for (const [path, content] of Object.entries({ ...debianBoard, ...files })) {
      if (content !== null) write(join(root, path), content)
    }
    if (tree !== null) writeFolder(join(root, 'proc/device-tree'), tree)
    for (const [path, target] of Object.entries(links)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      symlinkSync(target, join(root, path))
    }
    return use({ root, native: () => native, ...memory(description) })
  } finally {
    rmSync(root, { recursive: true })
  }
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function memory({ refusals = {}, header = {}, memory = image(header) }: Description) {
  const refuse = (code: string | undefined, doing: string): void => {
    if (code !== undefined) throw Object.assign(new Error(`cannot ${doing}: ${code}`), { code })
  }
  return {
    tryOpen: () => refuse(refusals.open, 'open /dev/mem'),
    map: (base: number, size: number) => {
      const code = base === CARVE_OUT ? refusals.carveOut : refusals.mutexWord
      refuse(code, `map ${size} bytes at 0x${base.toString(16)}`)
      return new BytesPort(memory, { base })
    },
  }
}

function image({ initialized = 1, reserved = 0, version = 0x000c0000 }): Uint8Array {
  const bytes = Buffer.alloc(0x20d0)
  bytes.writeUInt32LE(version, 0x5c)
  bytes.writeUInt32LE(initialized, 0xc0)
  bytes.writeUInt32LE(reserved, 0xcc)
  return bytes
}
