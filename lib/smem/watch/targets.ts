// SPDX-License-Identifier: MIT
// Which items a watch is asked for.

import { SmemError } from '../../errors.js'

/**
 * An item by its id, in every heap that has it; or in one: `host` is the other end of a private partition, null the
 * global heap. Without an id, every item of that heap.
 * @see {@link Smem.watch}
 */
export type WatchTarget =
  | number
  | { readonly id?: number | undefined; readonly host?: number | null | undefined }

interface Target {
  readonly id: number | undefined
  readonly host: number | null | undefined
}

export class WatchTargets {
  readonly #targets: readonly Target[] | null

  /** @param targets none: every item. @throws SmemError EINVAL for what is no id or host */
  constructor(targets?: readonly WatchTarget[]) {
    const all = targets === undefined || targets.length === 0
    this.#targets = all ? null : targets.map(targetOf)
  }

  /** `hosts`: those with a partition; the others are served by the global heap. */
  include(item: { readonly id: number; readonly host: number | null }, hosts: ReadonlySet<number>) {
    return this.#targets?.some((target) => matches(target, item, hosts)) ?? true
  }
}

function targetOf(target: WatchTarget): Target {
  const { id, host } = typeof target === 'number' ? { id: target, host: undefined } : target
  for (const [what, value] of [
    ['item id', id],
    ['host id', host ?? undefined],
  ] as const) {
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= 0xffff)) continue
    throw new SmemError('EINVAL', `${value} is no ${what}`, { origin: 'input' })
  }
  return { id, host }
}

function matches(
  { id, host }: Target,
  item: { readonly id: number; readonly host: number | null },
  hosts: ReadonlySet<number>,
): boolean {
  if (id !== undefined && id !== item.id) return false
  if (host === undefined || host === item.host) return true
  return id !== undefined && item.host === null && host !== null && !hosts.has(host)
}
