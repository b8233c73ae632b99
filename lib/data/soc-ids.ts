// SPDX-License-Identifier: MIT
// SoCs by the chip id of socinfo. Two lists name them: Linux's, with names of products, and the firmware's, which
// is longer and often has the name of the design instead (`SM_WAIPIO` for Linux's `SM8450`).

import { firmwareSocNames, linuxSocNames } from './tables/soc-ids.js'

/**
 * `SDM845` for 321: Linux's name, else the firmware's; null where neither list has the id.
 * @example
 * ```ts
 * import { socName } from 'qcom-smem'
 *
 * console.log(socName(321), socName(99999)) // SDM845 null
 * ```
 */
export function socName(id: number): string | null {
  return linuxSocNames[id] ?? firmwareSocNames[id] ?? null
}

/** What the firmware's list calls it where that differs from Linux's name or Linux has none; else null. */
export function firmwareSocName(id: number): string | null {
  return firmwareSocNames[id] ?? null
}
