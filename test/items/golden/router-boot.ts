// SPDX-License-Identifier: MIT
// The words of newer router boot loaders, each in an item of its own.

import { type Golden, written } from './golden.js'

const word = (id: number, value: number): Golden => ({ id, bytes: written(4, [[0, value]]) })

export const golden: readonly Golden[] = [
  word(498, 11),
  word(499, 2),
  word(500, 1),
  word(501, 0x20000),
  word(502, 0x10000000),
  word(504, 0x140000),
  word(505, 4),
  word(509, 1),
]
