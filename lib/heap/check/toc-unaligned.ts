// SPDX-License-Identifier: MIT
// Every allocator rounds sizes up to 8, so offsets in region 0 are multiples of 8 too. Message RAM has its
// own rules, and so has the static area of items 0 to 8, which firmware lays out in words.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'
import { insideMain, LAST_FIXED_ITEM } from './toc-records.js'

const ITEM_ALIGN = 8
const WORD = 4

export const tocUnaligned: Check = {
  name: 'toc-unaligned',
  severity: 'error',
  passable: true,
  explanation:
    'An item has an offset or a size that is not a multiple of 8. SMEM is mapped as Device memory, where a ' +
    'misaligned access is a bus error: a client that trusts the alignment of its item crashes. A boot loader ' +
    'that does not round sizes leaves such items; else the record was overwritten.',
  *run({ toc, heapEnd }) {
    for (const record of toc?.allocated ?? []) {
      if (!insideMain(record, heapEnd)) continue
      const { id, address, offset, size } = record
      const unit = id <= LAST_FIXED_ITEM ? WORD : ITEM_ALIGN
      if (offset % unit === 0 && size % unit === 0) continue
      yield {
        item: id,
        address,
        message: `item ${id} has offset ${hexAddress(offset)} and size ${size}, not multiples of ${unit}`,
      }
    }
  },
}
