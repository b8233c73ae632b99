// SPDX-License-Identifier: MIT
// The same of IPQ806x: a version-11 heap gives each word 8 bytes, on ids that others use for text and SMP2P.

import { type Golden, written } from './golden.js'

const word = (id: number, value: number): Golden => ({ id, bytes: written(8, [[0, value]]) })

export const golden: readonly Golden[] = [
  word(421, 2),
  word(422, 0),
  word(423, 1),
  word(424, 0x10000),
  word(428, 0x40000),
  word(482, 0x2000000),
  word(483, 0x60000),
]
