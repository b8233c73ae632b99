// SPDX-License-Identifier: MIT
// Partitions share no byte with each other, with the header, or with their table.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'
import type { CheckedPartition } from './checked-partition.js'
import { headerSpan, overlaps, partitionSpan, type Span, tableSpan } from './span.js'

/** `partition` is null for what is none. */
interface Taken extends Span {
  readonly partition: CheckedPartition | null
}

export const partitionOverlap: Check = {
  name: 'partition-overlap',
  severity: 'error',
  explanation:
    'Two partitions share bytes, or a partition covers the header or the partition table. Processors that ' +
    'allocate in one destroy what others keep in the other. The table was overwritten after boot, or the boot ' +
    'loader was built with a wrong one.',
  *run({ partitions, table }) {
    const taken: Taken[] = partitions
      .filter(({ inside, isTable }) => inside && !isTable)
      .map((partition) => ({ ...partitionSpan(partition), partition }))
    taken.push({ ...headerSpan, partition: null })
    if (table !== null) taken.push({ ...tableSpan(table), partition: null })
    for (const [earlier, later] of overlaps(taken)) {
      // One finding for each partition: to allocate in either harms the other.
      for (const { partition } of [earlier, later]) {
        if (partition === null) continue
        yield {
          partition,
          address: partition.address,
          message: `${later.label}, from ${hexAddress(later.start)}, overlaps ${earlier.label}, which ends at ${hexAddress(earlier.end)}`,
        }
      }
    }
  },
}
