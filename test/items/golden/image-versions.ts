// SPDX-License-Identifier: MIT
// Three images in the first table, the last without a NUL in any of its texts, and one in the second.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 469,
    bytes: written(4096, [
      [0x000, '00:BOOT.XF.4.1-00371'],
      [0x04b, 'DefaultVariant'],
      [0x060, 'oem'],
      [0x500, '10:Linux version 6.12'],
      [0xf80, 'n'.repeat(75)],
      [0xfcb, 'v'.repeat(20)],
      [0xfe0, 'o'.repeat(32)],
    ]),
  },
  { id: 667, bytes: written(4096, [[0x280, 'DEVCFG']]) },
]
