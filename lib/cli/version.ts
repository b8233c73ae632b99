// SPDX-License-Identifier: MIT
// The version of this package, which a test holds against package.json, and what `--version` makes of it.

import { nativeStatus } from '../native/load.js'

export const version = '0.1.0'

/** As files name who has written them. */
export const tool = { name: 'qcom-smem', version }

/** `qcom-smem 0.1.0 (prebuilt linux-x64, node 20.20.2)`: what a report of a fault has to tell. */
export function versionLine(): string {
  const { kind, target } = nativeStatus()
  const module = kind === 'none' ? `no native module for ${target}` : `${kind} ${target}`
  return `qcom-smem ${version} (${module}, node ${process.versions.node})`
}
