// SPDX-License-Identifier: MIT
// The next slots of the general and of the power log.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  { id: 78, bytes: written(8, [[0, 1234]]) },
  { id: 405, bytes: written(4, [[0, 1999]]) },
]
