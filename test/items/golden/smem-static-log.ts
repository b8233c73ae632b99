// SPDX-License-Identifier: MIT
// The old static log: 150 slots, two events, and its index in item 80.

import { type Golden, written } from './golden.js'

export const staticLog = written(3000, [
  [0, 0x20000001],
  [4, 11],
  [8, 0xffffffff],
  [20, 0x20000002],
  [24, 12],
])

export const golden: readonly Golden[] = [
  { id: 81, bytes: staticLog, siblings: { 80: written(8, [[0, 2]]) } },
]
