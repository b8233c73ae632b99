// SPDX-License-Identifier: MIT
// The modem's last message, and its log.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [
  { id: 6, bytes: written(200, [[0, 'ONCRPC: timeout']]) },
  { id: 408, bytes: written(0x800, [[0, 'Error in file a.c, line 1\r\n\tr0 = 0x0\r\n']]) },
]
