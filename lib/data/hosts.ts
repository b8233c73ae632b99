// SPDX-License-Identifier: MIT
// SMEM host ids: the processors of a SoC, by the names that people and device trees use for them.

import { Host, hostAliases, specialHostNames } from './tables/hosts.js'

export { Host } from './tables/hosts.js'

const names = new Map<number, string>([
  ...Object.entries(Host).map(([name, id]): [number, string] => [id, spelled(name)]),
  ...Object.entries(specialHostNames).map(([id, name]): [number, string] => [Number(id), name]),
])

/**
 * `modem` for 1; null where the id has no public name.
 * @example
 * ```ts
 * import { Host, hostName } from 'qcom-smem'
 *
 * console.log(hostName(Host.MODEM), hostName(99)) // modem null
 * ```
 */
export function hostName(id: number): string | null {
  return names.get(id) ?? null
}

/**
 * The id of a host by its name or another one (`mpss`), in any case and with `-` or `_`.
 * @example
 * ```ts
 * import { hostByName } from 'qcom-smem'
 *
 * console.log(hostByName('modem'), hostByName('MPSS'), hostByName('toaster')) // 1 1 null
 * ```
 */
export function hostByName(name: string): number | null {
  const wanted = spelled(name)
  for (const [id, known] of names) if (known === wanted) return id
  return Object.hasOwn(hostAliases, wanted) ? hostAliases[wanted]! : null
}

function spelled(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}
