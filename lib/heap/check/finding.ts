// SPDX-License-Identifier: MIT
// What a check has to say about a heap.

/**
 * `error`: some implementation misreads or refuses it. `warning`: it harms nobody yet.
 * @see {@link Smem.check}
 */
export type Severity = 'error' | 'warning'

/**
 * Something that is wrong with a heap.
 * @see {@link Smem.check}
 */
export interface Finding {
  /** Name of the check: `partition-canary`. */
  readonly check: string
  readonly severity: Severity
  /** Remote host of the private partition; null for what is global or of no one partition of ours. */
  readonly host: number | null
  /** Item id; null where it is not about one item. */
  readonly item: number | null
  /** Whether nothing is allocated in that heap because of it, unless by force. */
  readonly blocks: boolean
  /** Physical address of the record that is wrong; null where there is none. */
  readonly address: number | null
  /** One sentence for a person, with the numbers. */
  readonly message: string
}

/** Worst first: errors, then warnings; global before the hosts; each by address. */
export function byGravity(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === 'error' ? -1 : 1
  return order(a.host) - order(b.host) || order(a.address) - order(b.address)
}

/** The same for the same defect at another look, whatever the numbers in its message are then. */
export function identityOf({ check, host, item, address }: Finding): string {
  return `${check} ${host} ${item} ${address}`
}

function order(value: number | null): number {
  return value ?? -1
}
