// SPDX-License-Identifier: MIT
// Item 602 with the ten places that Linux knows, and with the thirty that were proposed.

import { type Golden, type Placed, written } from './golden.js'

/** The first letter of a tag is the top byte of its word, so in memory it stands last. */
const table: Placed[] = [
  [0x00, 1],
  [0x04, 2],
  [0x08, 'LBNE'],
]

export const ten = written(336, [
  ...table,
  // Place 0.
  [0x10, 1],
  [0x14, 'LBNE'],
  [0x18, 'ENOD'],
  [0x1c, 0],
  [0x20, 12],
  [0x28, 0x18b700000, 8],
  // Place 3: the words are no text.
  [0x70, 2],
  [0x74, 0x00000001],
  [0x78, 'LBNE'],
  [0x7c, 'LBNE'],
  [0x80, 3],
  [0x88, 0x86700000, 8],
])

export const thirty = written(976, [
  ...table,
  // Place 29.
  [0x3b0, 1],
  [0x3b4, 'LBNE'],
  [0x3c0, 1],
  [0x3c8, 0x80000000, 8],
])

export const golden: readonly Golden[] = [
  { id: 602, bytes: ten },
  { id: 602, bytes: thirty },
]
