// SPDX-License-Identifier: MIT
// Item 80 where item 81 is the static log.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  { id: 80, bytes: written(8, [[0, 2]]), siblings: { 81: written(3000, []) } },
]
