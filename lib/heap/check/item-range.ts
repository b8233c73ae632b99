// SPDX-License-Identifier: MIT
// Ids are below 512 in version 11, and below what the info record says in version 12.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_item_count().

import type { Check } from './check.js'
import { sides } from './checked-partition.js'

export const itemRange: Check = {
  name: 'item-range',
  severity: 'error',
  passable: true,
  explanation:
    'A partition holds an item whose id is at or above the number of items that SMEM has. Nobody can look it ' +
    'up: drivers refuse the id before they search. The id or the info record behind the partition table was ' +
    'overwritten, or the firmware of another processor is newer than the boot loader.',
  *run({ itemCount, partitions }) {
    if (itemCount === null) return
    for (const partition of partitions) {
      const { label } = partition
      for (const { entries } of sides(partition)) {
        for (const { id, address } of entries) {
          if (id < itemCount) continue
          yield {
            partition,
            item: id,
            address,
            message: `item ${id} is in the ${label}, and ids are below ${itemCount} here`,
          }
        }
      }
    }
  },
}
