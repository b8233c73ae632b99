// SPDX-License-Identifier: MIT
// A channel in both variants; its name is in the table, its room in the FIFO.

import { type Golden, written } from './golden.js'
import { table } from './smd-channels.js'

/** 24 bytes from apps wait for the RPM; nothing waits the other way. */
export const bytewise = written(40, [
  [0x00, 2],
  [0x05, 1, 1],
  [0x0b, 1, 1],
  [0x0c, 1000],
  [0x10, 0],
  [0x14, 2],
  [0x20, 8],
  [0x24, 8],
])

export const wordwise = written(88, [
  [0x00, 2],
  [0x08, 1],
  [0x20, 1],
  [0x24, 1000],
  [0x28, 0],
  [0x2c, 6],
  [0x50, 8],
  [0x54, 8],
])

const fifo = new Uint8Array(2048)

export const golden: readonly Golden[] = [
  { id: 14, bytes: bytewise, siblings: { 13: table, 338: fifo } },
  { id: 14, bytes: wordwise, siblings: { 13: table, 338: fifo } },
  { id: 138, bytes: wordwise, siblings: { 266: table, 202: fifo } },
  { id: 16, bytes: bytewise },
]
