// SPDX-License-Identifier: MIT
// Channels of both tables: of packets, of a stream, one that is not used, and one beyond the last id.

import { type Golden, written } from './golden.js'

export const table = written(2048, [
  [0x000, 'rpm_requests'],
  [0x014, 0],
  [0x018, 0x20f],
  [0x01c, 1],
  [0x060, 'twenty-letters-name!'],
  [0x074, 63],
  [0x078, 0x100],
  [0x07c, 2],
  [0x0a0, 'not_used'],
  [0x0b4, 4],
  [0x0b8, 0x200],
  [0x7e0, 'IPCRTR'],
  [0x7f4, 64],
  [0x7f8, 0x206],
  [0x7fc, 1],
])

export const golden: readonly Golden[] = [
  { id: 13, bytes: table },
  { id: 266, bytes: table },
]
