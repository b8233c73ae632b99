// SPDX-License-Identifier: MIT
// Items 14 + cid and 138 + cid: channel 5 in bytes, channel 0 in words as in RPM message RAM.

import { type Golden, written } from './golden.js'
import { table } from './smd-channels.js'

/** 20 bytes a side: both opened, apps have 0x20 bytes waiting, the modem's wrap around. */
export const bytes = written(40, [
  [0x00, 2],
  [0x04, 1, 1],
  [0x05, 1, 1],
  [0x08, 1, 1],
  [0x0c, 0x10],
  [0x10, 0x30],
  [0x14, 2],
  [0x18, 1, 1],
  [0x1f, 1, 1],
  [0x20, 0x1fe],
  [0x24, 0x1a],
])

/** 44 bytes a side. */
const words = written(88, [
  [0x00, 2],
  [0x04, 1],
  [0x08, 1],
  [0x20, 1],
  [0x24, 0x20],
  [0x28, 0x40],
  [0x2c, 1],
  [0x50, 0x8],
  [0x54, 0x8],
])

export const golden: readonly Golden[] = [
  { id: 19, bytes, siblings: { 13: table, 343: Buffer.alloc(0x400) } },
  { id: 143, bytes, siblings: { 266: table, 207: Buffer.alloc(0x400) } },
  { id: 14, bytes: words, siblings: { 13: table, 338: Buffer.alloc(0x800) } },
  { id: 14, bytes: words },
]
