// SPDX-License-Identifier: MIT
// Cached items are placed by cache lines. Linux rounds up to one with a mask, which only works for powers
// of two; with a line of 0 it looks for the first header behind the partition.

import { canCache } from '../partition-table.js'
import type { Check } from './check.js'

export const partitionCacheline: Check = {
  name: 'partition-cacheline',
  severity: 'error',
  explanation:
    'A partition has cached items, but its cache line in the partition table is 0, longer than the partition, ' +
    'or not a power of two. Implementations then look for the items in different places, or divide by zero. ' +
    'The entry or the free offset of the cached side was overwritten.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, address, entry, contents } = partition
      if (contents === null || contents.freeCached === entry.size) continue
      const { cacheline } = entry
      if (canCache(entry) && isPowerOfTwo(cacheline)) continue
      yield {
        partition,
        address,
        message: `the ${label} has cached items (free offset ${contents.freeCached}, size ${entry.size}) but a cache line of ${cacheline}`,
      }
    }
  },
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value))
}
