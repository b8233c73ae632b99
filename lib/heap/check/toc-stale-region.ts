// SPDX-License-Identifier: MIT
// No allocator writes aux_base: an item that is allocated keeps what stood in its record.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_alloc_global().

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'

export const tocStaleRegion: Check = {
  name: 'toc-stale-region',
  severity: 'warning',
  explanation:
    'The record of a free item selects a region other than region 0. Allocators, the Linux one too, take bytes ' +
    'from region 0 and leave aux_base as it is, so whoever allocates this item will look for it in the wrong ' +
    'region. Do not allocate it.',
  *run({ toc, main }) {
    for (const { id, address, auxBase, region } of toc?.selecting ?? []) {
      if (region?.port === main) continue
      yield {
        item: id,
        address,
        message: `item ${id} is free, and its record has aux_base ${hexAddress(auxBase)} already`,
      }
    }
  },
}
