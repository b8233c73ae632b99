// SPDX-License-Identifier: MIT
// Item 85 in the default shape, and in one of five entries whose size is rounded up to 8.

import { type Golden, written } from './golden.js'

/** Apps, modem, WCNSS, and the clock master, whose bits mean something else. */
const states = written(32, [
  [0x00, 0x1129],
  [0x04, 0x80000109],
  [0x0c, 0x101],
  [0x1c, 0x3],
])

const fiveEntries = written(16, [
  [0, 3],
  [4, 5],
])

export const golden: readonly Golden[] = [
  { id: 85, bytes: states },
  { id: 85, bytes: states.subarray(0, 24), siblings: { 419: fiveEntries } },
]
