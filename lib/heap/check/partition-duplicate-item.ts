// SPDX-License-Identifier: MIT
// An id is allocated once in a partition. A lookup takes the first it meets, uncached before cached; Linux
// does not look at the cached side before it allocates.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'
import { sides } from './checked-partition.js'

export const partitionDuplicateItem: Check = {
  name: 'partition-duplicate-item',
  severity: 'error',
  explanation:
    'An item is twice in one partition. Readers find the first, uncached before cached, so the two ends may be ' +
    'using different ones. Two processors have allocated it at the same time without the lock, or one as ' +
    'cached and the other as uncached.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label } = partition
      const first = new Map<number, number>()
      for (const { entries } of sides(partition)) {
        for (const { id, address } of entries) {
          const other = first.get(id)
          if (other === undefined) {
            first.set(id, address)
            continue
          }
          yield {
            partition,
            item: id,
            address,
            message: `item ${id} is in the ${label} already, at ${hexAddress(other)}`,
          }
        }
      }
    }
  },
}
