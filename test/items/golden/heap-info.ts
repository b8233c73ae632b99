// SPDX-License-Identifier: MIT
// A heap of 2 MiB, and one that is not initialised.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 1,
    bytes: written(16, [
      [0, 1],
      [4, 0x20d0],
      [8, 0x1fdf30],
    ]),
  },
  { id: 1, bytes: written(16, []) },
]
