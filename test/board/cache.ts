// SPDX-License-Identifier: MIT
// What fetch.sh left in the cache folder: where the emulator, the kernel and the guest's files are, and
// how the programs are run without being installed, through the loader and libraries they came with.

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The drivers under test, in the order in which they have to be loaded. */
export const DRIVERS = ['qcom_hwspinlock', 'smem', 'socinfo', 'smp2p', 'smsm']

/** Takes any interrupt of the device tree for a key, and so counts it. */
export const LISTENER = 'gpio_keys'

const GUEST_LIBRARIES = [
  'ld-linux-aarch64.so.1',
  'libc.so.6',
  'libdl.so.2',
  'libgcc_s.so.1',
  'libm.so.6',
  'libpthread.so.0',
  'libstdc++.so.6',
]

/** What starts and stops a remote processor, in load order. */
export const REMOTEPROC = [
  'rpmsg_core',
  'qcom_glink',
  'qcom_glink_smem',
  'qcom_smd',
  'qmi_helpers',
  'qcom_sysmon',
  'qcom_common',
  'qcom_pil_info',
  'mdt_loader',
  'qcom_q6v5',
  'qcom_q6v5_wcss',
]

export interface Cache {
  /** Command prefixes. */
  readonly qemu: readonly string[]
  readonly dtc: readonly string[]
  readonly kernel: string
  /** How that kernel was configured; a Debian machine has it in /boot. */
  readonly kernelConfig: string
  /** Release of that kernel, e.g. `6.12.1+deb13-arm64`. */
  readonly kernelRelease: string
  readonly busybox: string
  readonly node: string
  readonly libraries: readonly string[]
  /** Compressed modules by name. */
  readonly modules: ReadonlyMap<string, string>
}

export function openCache(root: string): Cache {
  const programs = join(root, 'host/usr')
  const libraries = join(programs, 'lib/x86_64-linux-gnu')
  const program = (name: string) => [
    join(libraries, 'ld-linux-x86-64.so.2'),
    '--library-path',
    `${libraries}:${join(libraries, 'pulseaudio')}`,
    join(programs, 'bin', name),
  ]
  const guest = join(root, 'guest')
  const files = readdirSync(guest, { recursive: true, encoding: 'utf8' })
  const one = (ending: string) => {
    const found = files.find((file) => file.endsWith(ending))
    if (found === undefined) throw new Error(`the cache ${root} has no ${ending}: delete it`)
    return join(guest, found)
  }
  const kernel = files.find((file) => file.startsWith('boot/vmlinuz-'))
  if (kernel === undefined) throw new Error(`the cache ${root} has no kernel: delete it`)
  const release = basename(kernel).slice('vmlinuz-'.length)
  return {
    // Without -nodefaults it would load modules of whatever QEMU is installed here, and abort.
    qemu: [...program('qemu-system-aarch64'), '-L', join(programs, 'share/qemu'), '-nodefaults'],
    dtc: program('dtc'),
    kernel: join(guest, kernel),
    kernelConfig: one(`boot/config-${release}`),
    kernelRelease: release,
    busybox: one('bin/busybox'),
    node: join(root, 'npm/package/bin/node'),
    libraries: GUEST_LIBRARIES.map((name) => one(`/aarch64-linux-gnu/${name}`)),
    modules: new Map(
      [...DRIVERS, LISTENER, ...REMOTEPROC].map((name) => [name, one(`/${name}.ko.xz`)]),
    ),
  }
}
