// SPDX-License-Identifier: MIT
// What lies behind free_offset is free: an item there will be given away again.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'
import { insideMain } from './toc-records.js'

export const tocPastFree: Check = {
  name: 'toc-past-free',
  severity: 'error',
  explanation:
    'An item lies behind the free offset of the global heap, in memory that is still counted as free. The next ' +
    'allocation will overlap it. A processor that died between the two writes of an allocation leaves this: ' +
    'the record is there, the free offset has not moved. Do not allocate in this heap.',
  *run({ toc, header, heapEnd }) {
    for (const record of toc?.allocated ?? []) {
      const { id, address, offset, size } = record
      const { freeOffset } = header!.heapInfo
      if (!insideMain(record, heapEnd) || offset + size <= freeOffset) continue
      yield {
        item: id,
        address,
        message: `item ${id} ends at ${hexAddress(offset + size)}, behind the free offset ${hexAddress(freeOffset)}`,
      }
    }
  },
}
