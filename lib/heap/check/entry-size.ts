// SPDX-License-Identifier: MIT
// Allocators round the size of an uncached item up to 8 and that of a cached one up to the cache line.

import type { Check } from './check.js'
import { sides } from './checked-partition.js'

const UNCACHED_ALIGN = 8

export const entrySize: Check = {
  name: 'entry-size',
  severity: 'error',
  passable: true,
  explanation:
    'An item has a size that no allocator writes: 0, or not a multiple of 8 (of the cache line, for a cached ' +
    'one). The kernel reads on, but what lies behind is misaligned, and some firmware ends its walk at an ' +
    'item of no bytes. The header was overwritten, or a client bypasses the allocator.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, entry } = partition
      for (const { entries } of sides(partition)) {
        for (const { id, address, size, cached, possible } of entries) {
          const unit = cached ? entry.cacheline : UNCACHED_ALIGN
          if (!possible || (size > 0 && size % unit === 0)) continue
          yield {
            partition,
            item: id,
            address,
            message: `item ${id} in the ${label} has size ${size}; a multiple of ${unit} is expected`,
          }
        }
      }
    }
  },
}
