// SPDX-License-Identifier: MIT
// Item 333: eight entries for three hosts, which is the default, and for five.

import { type Golden, written } from './golden.js'
import { fiveHosts } from './smsm-size-info.js'

/** Entry 1 for host 0, entry 3 for host 2. */
const three = written(96, [
  [0x0c, 0x1100],
  [0x2c, 0x100],
])
const five = written(160, [
  [0x14, 0x1100],
  [0x44, 0x100],
])

export const golden: readonly Golden[] = [
  { id: 333, bytes: three },
  { id: 333, bytes: five, siblings: { 419: fiveHosts } },
]
