// SPDX-License-Identifier: MIT
// An item of the table of contents must lie inside its region; region 0 ends, for items, where the boot
// loader's heap does. Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_global().

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'
import { outsideRegion } from './toc-records.js'

export const tocRange: Check = {
  name: 'toc-range',
  severity: 'error',
  explanation:
    'A record of the table of contents describes bytes outside its region. The kernel refuses the item with ' +
    'EINVAL; a reader without that check reads memory that belongs to something else. The record, or the heap ' +
    'info that says where the heap ends, was overwritten.',
  *run({ toc, heapEnd }) {
    for (const record of toc?.allocated ?? []) {
      if (!outsideRegion(record, heapEnd)) continue
      const { id, address, offset, size } = record
      yield {
        item: id,
        address,
        message: `item ${id} lies outside its region: offset ${hexAddress(offset)} and size ${size} end beyond it`,
      }
    }
  },
}
