// SPDX-License-Identifier: MIT
// Two halves of 1024 bytes: a packet of 4 bytes waits in the first, at 1000, and its header ends with the half.

import { type Golden, written } from './golden.js'
import { bytewise, wordwise } from './smd-channel-info.js'
import { table } from './smd-channels.js'

const fifo = written(2048, [
  [1000, 4],
  [1020, 'data'],
  [1032, 'read before'],
])

export const golden: readonly Golden[] = [
  { id: 338, bytes: fifo, siblings: { 13: table, 14: bytewise } },
  { id: 202, bytes: fifo, siblings: { 266: table, 138: wordwise } },
  { id: 340, bytes: fifo },
]
