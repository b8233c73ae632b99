// SPDX-License-Identifier: MIT
// Switched on by a USB charger; in a table of contents the word takes 8 bytes.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  { id: 403, bytes: written(4, [[0, 0x21]]) },
  { id: 403, bytes: written(8, [[0, 0x80000040]]) },
]
