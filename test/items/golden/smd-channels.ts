// SPDX-License-Identifier: MIT
// Items 13 and 266: channels of several edges, unused slots between them, and one whose id is too large.

import { type Golden, written } from './golden.js'

export const table = written(2048, [
  // Slot 0: channel 0, apps and RPM, packets.
  [0x000, 'rpm_requests'],
  [0x014, 0],
  [0x018, 0x20f],
  [0x01c, 1],
  // Slot 5: channel 5, apps and modem, packets.
  [0x0a0, 'chat'],
  [0x0b4, 5],
  [0x0b8, 0x200],
  [0x0bc, 2],
  // Slot 6: nobody counts it.
  [0x0c0, 'unused'],
  [0x0d4, 6],
  // Slot 63: a stream, named with all 20 letters.
  [0x7e0, 'twenty-letters-name!'],
  [0x7f4, 63],
  [0x7f8, 0x106],
  [0x7fc, 1],
])

const odd = written(2048, [
  [0x000, 'far'],
  [0x014, 64],
  [0x018, 0xfff],
  [0x01c, 1],
])

export const golden: readonly Golden[] = [
  { id: 13, bytes: table },
  { id: 266, bytes: table },
  { id: 13, bytes: odd },
]
