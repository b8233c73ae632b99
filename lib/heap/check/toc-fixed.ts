// SPDX-License-Identifier: MIT
// Items 0, 1 and 3 are structures of the header; where firmware enters them, it enters their places. Item 2,
// the table itself, is shorter on old firmware, so only its offset counts.

import { hexAddress } from '../../errors.js'
import { Header, HeapInfo } from '../../layout/header.js'
import type { Check } from './check.js'

/** By id; `size` null where firmware differs. */
const fixed: readonly { readonly offset: number; readonly size: number | null }[] = [
  { offset: Header.offsets.procComm, size: Header.fields.procComm.size },
  { offset: Header.offsets.heapInfo, size: HeapInfo.size },
  { offset: Header.offsets.toc, size: null },
  { offset: Header.offsets.versions, size: Header.fields.versions.size },
]

export const tocFixed: Check = {
  name: 'toc-fixed',
  severity: 'warning',
  explanation:
    'A fixed item (0 to 3) is entered in another place than the structure of the header that it stands for. ' +
    'Drivers read those structures at their known offsets and do not notice; a client that looks the item up ' +
    'reads something else. The record was overwritten, or the firmware has a layout that we have not seen.',
  *run({ toc }) {
    for (const { id, address, offset, size } of toc?.allocated ?? []) {
      const place = fixed[id]
      if (place === undefined) continue
      if (offset === place.offset && (place.size === null || size === place.size)) continue
      const expected = `${hexAddress(place.offset)}${place.size === null ? '' : `, size ${place.size}`}`
      yield {
        item: id,
        address,
        message: `item ${id} is entered at ${hexAddress(offset)}, size ${size}; its structure is at ${expected}`,
      }
    }
  },
}
