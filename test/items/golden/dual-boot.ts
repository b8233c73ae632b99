// SPDX-License-Identifier: MIT
// Item 503: three partitions in a table of eight slots, with the magic behind the last slot.

import { type Golden, written } from './golden.js'

export const record = written(12 + 8 * 20 + 4, [
  [0x00, 0xa3a2a1a0],
  [0x04, 7],
  [0x08, 3],
  [0x0c, '0:QSEE'],
  [0x1c, 0],
  [0x20, '0:APPSBL'],
  [0x30, 1],
  [0x34, 'rootfs'],
  [0x44, 1],
  [0xac, 0xb3b2b1b0],
])

export const golden: readonly Golden[] = [{ id: 503, bytes: record }]
