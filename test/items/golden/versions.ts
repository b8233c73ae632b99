// SPDX-License-Identifier: MIT
// Item 3 as the master boot loader leaves it, and SMD's in item 107.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 3,
    bytes: written(128, [
      [7 * 4, 0x000c0000],
      [8 * 4, 0x000b0001],
      [31 * 4, 0xffffffff],
    ]),
  },
  { id: 107, bytes: written(128, [[9 * 4, 0x00010002]]) },
]
