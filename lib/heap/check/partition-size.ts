// SPDX-License-Identifier: MIT
// A partition header repeats the size of its table entry.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_partition_header().

import { PARTITION_MAGIC, PartitionHeader } from '../../layout/partition.js'
import type { Check } from './check.js'

export const partitionSize: Check = {
  name: 'partition-size',
  severity: 'error',
  explanation:
    'The header of a partition and the partition table disagree about its size. Cached items are counted from ' +
    'the end, so with the wrong size none of them is found; Linux refuses the partition and does not start. ' +
    'One of the two words was overwritten.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, address, header, entry } = partition
      if (header?.magic !== PARTITION_MAGIC || header.size === entry.size) continue
      yield {
        partition,
        address: address + PartitionHeader.offsets.size,
        message: `the ${label} has ${header.size} bytes by its own header, ${entry.size} by the table`,
      }
    }
  },
}
