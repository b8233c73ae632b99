// SPDX-License-Identifier: MIT
// Four mailboxes; the modem's, number 1, was used last.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 0,
    bytes: written(64, [
      [0x00, 6],
      [0x04, 0],
      [0x10, 0x19],
      [0x14, 1],
      [0x18, 0xffffffff],
      [0x1c, 7],
    ]),
  },
]
