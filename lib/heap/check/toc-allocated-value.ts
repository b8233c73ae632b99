// SPDX-License-Identifier: MIT
// `allocated` is a boolean, 32 bits wide: written as 1, tested for anything but 0.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'

export const tocAllocatedValue: Check = {
  name: 'toc-allocated-value',
  severity: 'warning',
  explanation:
    'The word that says whether an item is allocated is neither 0 nor 1. Every reader takes it for allocated, ' +
    'but no allocator writes it: something else has written here, and the rest of the record deserves a look.',
  *run({ toc }) {
    for (const { id, address, allocated } of toc?.allocated ?? []) {
      if (allocated === 1) continue
      yield {
        item: id,
        address,
        message: `item ${id} has allocated ${hexAddress(allocated)} instead of 1`,
      }
    }
  },
}
