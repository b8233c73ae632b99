// SPDX-License-Identifier: MIT
// Two words of unknown meaning.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  {
    id: 4,
    bytes: written(8, [
      [0, 0x12345678],
      [4, 0x9abcdef0],
    ]),
  },
]
