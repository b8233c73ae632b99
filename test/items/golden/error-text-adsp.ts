// SPDX-License-Identifier: MIT
// The ADSP's log.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  { id: 11, bytes: written(0x400, [[0, 'Q6 error in file b.c, line 2\n']]) },
]
