// SPDX-License-Identifier: MIT
// Two chunks, which start on a page of memory that lies 0x40 bytes into the item.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 404,
    bytes: written(0x1000, [
      [0x40, 0x120],
      [0x44, 'I2C02000021'],
      [0x50, 1],
      [0x58, 3],
      [0x5c, 2],
      [0x160, 0x40],
      [0x164, 'TWELVE_CHARS'],
      [0x170, 0],
      [0x178, 4],
      [0x17c, 1],
    ]),
  },
]
