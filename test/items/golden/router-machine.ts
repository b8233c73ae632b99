// SPDX-License-Identifier: MIT
// Item 425 of a router: format, then machine id.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 425,
    bytes: written(8, [
      [0, 1],
      [4, 0x8010200],
    ]),
  },
]
