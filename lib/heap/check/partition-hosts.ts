// SPDX-License-Identifier: MIT
// A partition header repeats the hosts of its table entry, in the same order.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_partition_header().

import { PARTITION_MAGIC, PartitionHeader } from '../../layout/partition.js'
import type { Check } from './check.js'

export const partitionHosts: Check = {
  name: 'partition-hosts',
  severity: 'error',
  explanation:
    'The header of a partition names other hosts than the partition table, or the same two in another order. ' +
    'Linux refuses both and does not start. Either of the two places was overwritten, or the table leads to ' +
    'the partition of somebody else.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, address, header, entry } = partition
      if (header?.magic !== PARTITION_MAGIC) continue
      if (header.host0 === entry.host0 && header.host1 === entry.host1) continue
      yield {
        partition,
        address: address + PartitionHeader.offsets.host0,
        message: `the ${label} belongs to hosts ${header.host0} and ${header.host1} by its own header`,
      }
    }
  },
}
