// SPDX-License-Identifier: MIT
// Item 478: a tx FIFO that wraps around its end, an rx FIFO with bytes to be read.

import { type Golden, written } from './golden.js'

export const descriptor = written(32, [
  [0x00, 0x3ff8],
  [0x04, 0x0010],
  [0x08, 0x0020],
  [0x0c, 0x0060],
])

export const golden: readonly Golden[] = [
  { id: 478, bytes: descriptor, siblings: { 479: Buffer.alloc(0x4000), 480: Buffer.alloc(0x80) } },
  { id: 478, bytes: descriptor },
]
