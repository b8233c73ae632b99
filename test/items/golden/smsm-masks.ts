// SPDX-License-Identifier: MIT
// Item 333: for each of eight entries a mask of each host, of five and of the usual three.

import { type Golden, written } from './golden.js'
import { sizeInfo } from './smsm-size-info.js'

const five = written(160, [
  [0x04, 0x49],
  [0x14, 0x29],
  [0x9c, 0x80000000],
])
const three = written(96, [
  [0x04, 0x49],
  [0x0c, 0x29],
])

export const golden: readonly Golden[] = [
  { id: 333, bytes: five, siblings: { 419: sizeInfo } },
  { id: 333, bytes: three },
]
