// SPDX-License-Identifier: MIT
// Items 338 + cid and 202 + cid: two halves of 0x200 bytes with a packet in each, the second one round the end.

import { type Golden, written } from './golden.js'
import { bytes as info } from './smd-channel-info.js'
import { table } from './smd-channels.js'

const fifo = written(0x400, [
  [0x010, 12],
  [0x024, 'hello modem!'],
  // 8 bytes: the low half of the length at the end, the high half at the start.
  [0x3fe, 8, 2],
  [0x212, 'hi apps!'],
])

export const golden: readonly Golden[] = [
  { id: 343, bytes: fifo, siblings: { 13: table, 19: info } },
  { id: 207, bytes: fifo, siblings: { 266: table, 143: info } },
  { id: 343, bytes: fifo },
]
