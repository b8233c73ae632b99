// SPDX-License-Identifier: MIT
// A partition starts with the bytes "$PRT".
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_partition_header().

import { hexAddress } from '../../errors.js'
import { PARTITION_MAGIC } from '../../layout/partition.js'
import type { Check } from './check.js'

export const partitionMagic: Check = {
  name: 'partition-magic',
  severity: 'error',
  explanation:
    'There is no partition where the table says that there is one. The Linux driver does not start; nothing in ' +
    'the partition can be read. Its header was overwritten, the boot loader never wrote it, or a protection ' +
    'unit lets nobody see it: zeros or all ones point to that.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, address, header } = partition
      if (header === null || header.magic === PARTITION_MAGIC) continue
      yield {
        partition,
        address,
        message: `the ${label} has magic ${hexAddress(header.magic)} instead of "$PRT"`,
      }
    }
  },
}
