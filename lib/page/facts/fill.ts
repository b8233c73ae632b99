// SPDX-License-Identifier: MIT
// How full a partition is: uncached items grow up from its start, cached ones down from its end, and what lies between
// is free. A broken header says anything; what it says is kept within the partition.

import type { PageData } from '../../inspect/page.js'

export type Partition = PageData['partitions'][number]

export interface Fill {
  /** Bytes; all three together are the partition. */
  readonly uncached: number
  readonly free: number
  readonly cached: number
}

/** Null where the header could not be read. */
export function fillOf({ size, freeUncached, freeCached }: Partition): Fill | null {
  if (freeUncached === null || freeCached === null) return null
  const uncached = Math.min(Math.max(freeUncached, 0), size)
  const end = Math.min(Math.max(freeCached, uncached), size)
  return { uncached, free: end - uncached, cached: size - end }
}

/** `global`, or the two hosts that share it. */
export function partitionTitle(
  { global, host0, host1 }: Partition,
  hosts: PageData['hosts'],
): string {
  if (global) return 'global'
  return [host0, host1].map((host) => hosts[host] ?? `host ${host}`).join(' – ')
}
