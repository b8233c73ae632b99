// SPDX-License-Identifier: MIT
// The size of an entry is at most its partition's, its padding at most its size, and its data lies inside.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_private(); the firmware's libraries check the walk.

import type { Check } from './check.js'
import { sides } from './checked-partition.js'

export const partitionEntry: Check = {
  name: 'partition-entry',
  severity: 'error',
  explanation:
    'An entry header has its canary, but a size or padding that cannot be, or data that leaves the partition. ' +
    'The item is refused, and where the size leads out of the partition nothing behind it can be reached. ' +
    'The header was overwritten, or its writer died half-way.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label } = partition
      for (const { entries, stopped, address, at } of sides(partition)) {
        for (const { id, address, size, paddingData, possible } of entries) {
          if (possible) continue
          yield {
            partition,
            item: id,
            address,
            message: `item ${id} in the ${label} has an impossible size ${size} with padding ${paddingData}`,
          }
        }
        if (stopped !== 'budget') continue
        yield {
          partition,
          address,
          message: `the ${label} was given up at offset ${at}: too many entries`,
        }
      }
    }
  },
}
