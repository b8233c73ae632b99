// SPDX-License-Identifier: MIT
// What the running kernel says of itself: its command line, its lockdown, and which of the two drivers
// that share SMEM with us are bound. Source: Linux security/lockdown/lockdown.c for the file's format.

import type { MachineFiles } from './files.js'
import { type KernelConfig, readKernelConfig } from './kernel-config.js'

export type KernelDriver = 'qcom-smem' | 'qcom_hwspinlock'

export interface Kernel {
  /** As `uname -r`; null where /proc is not there. */
  readonly release: string | null
  readonly config: KernelConfig
  /** Boot parameters: `iomem=relaxed`, ... */
  readonly parameters: readonly string[]
  /** The active mode: `none`, `integrity`, `confidentiality`; null where the kernel does not tell. */
  readonly lockdown: string | null
  /** Paths of the devices that a driver is bound to, below /sys/bus/platform/drivers. */
  readonly bound: Readonly<Record<KernelDriver, readonly string[]>>
}

export const LOCKDOWN = '/sys/kernel/security/lockdown'
const DRIVERS = '/sys/bus/platform/drivers'
/** Every driver's folder has these; the rest are links to devices. */
const CONTROLS = new Set(['bind', 'unbind', 'uevent', 'module', 'new_id', 'remove_id'])

export function readKernel(files: MachineFiles): Kernel {
  const release = files.text('/proc/sys/kernel/osrelease')
  const [, active] = /\[(\w+)\]/.exec(files.text(LOCKDOWN) ?? '') ?? []
  return {
    release,
    config: readKernelConfig(files, release),
    parameters: files.text('/proc/cmdline')?.split(/\s+/) ?? [],
    lockdown: active ?? null,
    bound: {
      'qcom-smem': boundTo(files, 'qcom-smem'),
      qcom_hwspinlock: boundTo(files, 'qcom_hwspinlock'),
    },
  }
}

/** Paths of the devices that a driver is bound to. */
export function boundTo(files: MachineFiles, driver: KernelDriver): string[] {
  const folder = `${DRIVERS}/${driver}`
  return files
    .names(folder)
    .filter((name) => !CONTROLS.has(name))
    .map((name) => `${folder}/${name}`)
}
