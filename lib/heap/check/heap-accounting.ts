// SPDX-License-Identifier: MIT
// The global heap: free_offset is where the next item goes, `available` what is left behind it. Their sum
// never changes: it is what the boot loader gave to the heap. Version 12 keeps the words and uses neither.

import { hexAddress } from '../../errors.js'
import { Header, HeapInfo } from '../../layout/header.js'
import type { Check } from './check.js'

export const heapAccounting: Check = {
  name: 'heap-accounting',
  severity: 'error',
  explanation:
    'The heap info claims more memory than region 0 has, or a free offset inside the header. The next ' +
    'allocation, by whichever processor, would write outside the heap: do not allocate. A dump that lacks its ' +
    'end shows this too. In version 12 nothing uses these words, and it is a warning.',
  *run({ main, header, major }) {
    if (header === null || major === null) return
    const { freeOffset, available } = header.heapInfo
    const severity = major === 11 ? 'error' : 'warning'
    const at = main.base + Header.offsets.heapInfo
    if (freeOffset + available > main.size) {
      yield {
        severity,
        address: at + HeapInfo.offsets.available,
        message: `free offset ${hexAddress(freeOffset)} and ${available} available bytes leave region 0, which has ${main.size}`,
      }
    }
    if (major === 11 && freeOffset < Header.size) {
      yield {
        address: at + HeapInfo.offsets.freeOffset,
        message: `free offset ${hexAddress(freeOffset)} lies inside the header, which ends at ${hexAddress(Header.size)}`,
      }
    }
  },
}
