// SPDX-License-Identifier: MIT
// How the running kernel was built, as far as it concerns SMEM. A kernel may carry its configuration
// (/proc/config.gz), and distributions put it beside the image or the modules.

import { gunzipSync } from 'node:zlib'
import type { MachineFiles, Reading } from './files.js'

export type KernelOption =
  | 'DEVMEM'
  | 'STRICT_DEVMEM'
  | 'IO_STRICT_DEVMEM'
  | 'SECURITY_LOCKDOWN_LSM'
  | 'QCOM_SMEM'
  | 'HWSPINLOCK_QCOM'

export interface KernelConfig {
  /** The file it was read from; null where none of the usual ones is there. */
  readonly path: string | null
  /** `y`, `m` or `n`; null where nothing is known. */
  value(option: KernelOption): 'y' | 'm' | 'n' | null
  /** The line to show as evidence: `/proc/config.gz: CONFIG_DEVMEM=y`. */
  line(option: KernelOption): string
}

/** Far above every kernel's configuration, which is a quarter of a mebibyte. */
const MAX_SIZE = 16 << 20

export function readKernelConfig(files: MachineFiles, release: string | null): KernelConfig {
  const places = [
    '/proc/config.gz',
    ...(release === null ? [] : [`/boot/config-${release}`, `/lib/modules/${release}/config`]),
  ]
  for (const path of places) {
    const text = plain(files.read(path))
    if (text !== null) return parseKernelConfig(text, path)
  }
  return {
    path: null,
    value: () => null,
    line: (option) => `CONFIG_${option}: unknown, there is none of ${places.join(', ')}`,
  }
}

function parseKernelConfig(text: string, path: string): KernelConfig {
  const values = new Map<string, string>()
  for (const [, name, value] of text.matchAll(/^CONFIG_(\w+)=(.*)$/gm)) values.set(name!, value!)
  const value = (option: KernelOption) => {
    const found = values.get(option)
    return found === 'y' || found === 'm' ? found : 'n'
  }
  return {
    path,
    value,
    line: (option) =>
      value(option) === 'n'
        ? `${path}: # CONFIG_${option} is not set`
        : `${path}: CONFIG_${option}=${value(option)}`,
  }
}

function plain({ bytes }: Reading): string | null {
  if (bytes === null) return null
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    const text = zipped ? gunzipSync(bytes, { maxOutputLength: MAX_SIZE }) : bytes
    return text.toString('latin1')
  } catch {
    return null
  }
}
