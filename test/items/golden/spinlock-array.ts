// SPDX-License-Identifier: MIT
// Eight locks: the heap's held by apps, the log's by the modem.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 7,
    bytes: written(32, [
      [8, 2],
      [12, 1],
    ]),
  },
]
