// SPDX-License-Identifier: MIT
// A walk of the cached side ends at a header that lies on the free offset, and the header of an item without
// bytes lies just there. Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_private().

import type { Check } from './check.js'

export const partitionHiddenItem: Check = {
  name: 'partition-hidden-item',
  severity: 'warning',
  explanation:
    'The last cached item of a partition has size 0. The walk of the kernel, and ours, ends just before it, so ' +
    'it is in no listing, a lookup does not find it, and it can be allocated once more. It holds nothing.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, contents } = partition
      if (contents?.hidden == null) continue
      yield {
        partition,
        item: contents.hidden,
        address: contents.cached!.address,
        message: `item ${contents.hidden}, the last cached one of the ${label}, has size 0 and cannot be found`,
      }
    }
  },
}
