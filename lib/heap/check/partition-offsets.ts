// SPDX-License-Identifier: MIT
// The two sides of a partition grow towards each other: header <= free_uncached <= free_cached <= size.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_alloc_private(), and the firmware's libraries.

import { PartitionHeader } from '../../layout/partition.js'
import type { Check } from './check.js'

export const partitionOffsets: Check = {
  name: 'partition-offsets',
  severity: 'error',
  explanation:
    'The free offsets of a partition are out of order, so its free space is negative or larger than the ' +
    'partition. Allocation there is refused, or overwrites items. A processor that writes wildly has hit the ' +
    'header; items up to the damage are still listed.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, address, entry, contents } = partition
      if (contents === null || contents.ordered) continue
      yield {
        partition,
        address: address + PartitionHeader.offsets.freeUncached,
        message: `the ${label} has free offsets out of order: uncached ${contents.freeUncached}, cached ${contents.freeCached}, size ${entry.size}`,
      }
    }
  },
}
