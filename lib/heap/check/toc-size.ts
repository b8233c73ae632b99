// SPDX-License-Identifier: MIT
// No client asks for an item of no bytes.

import type { Check } from './check.js'

export const tocSize: Check = {
  name: 'toc-size',
  severity: 'warning',
  explanation:
    'An item is allocated with size 0. It harms nobody, but no client can use it, and since items are never ' +
    'freed its id is lost until the next boot. A client has passed a size that it had not computed yet.',
  *run({ toc }) {
    for (const { id, address, size } of toc?.allocated ?? []) {
      if (size === 0) yield { item: id, address, message: `item ${id} is allocated with size 0` }
    }
  },
}
