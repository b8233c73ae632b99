// SPDX-License-Identifier: MIT
// Item 9 with the sizes of each reader: 16 slots in version 3, 32 and 48 in version 4.

import { type Golden, written } from './golden.js'

const version3 = written(464, [
  [0x00, 0x55ee73aa],
  [0x04, 0xe35ebddb],
  [0x08, 3],
  [0x0c, 4],
  [0x10, '0:SBL1'],
  [0x20, 0],
  [0x24, 8],
  [0x28, 0xff],
  [0x2c, '0:MIBIB'],
  [0x3c, 8],
  [0x40, 8],
  [0x44, 0x0101ff],
  // 0x48: a slot that is not in use.
  [0x64, '0:EIGHTEEN_CHARS'],
  [0x74, 16],
  [0x78, 0xffffffff],
])

const version4 = (size: number) =>
  written(size, [
    [0x00, 0x55ee73aa],
    [0x04, 0xe35ebddb],
    [0x08, 4],
    [0x0c, (size - 16) / 28],
    [0x10, '0:APPSBL'],
    [0x20, 0x40],
    [0x24, 5],
    [size - 28, 'rootfs'],
    [size - 12, 0x200],
    [size - 8, 0x100],
    [size - 4, 1],
  ])

export const golden: readonly Golden[] = [
  { id: 9, bytes: version3 },
  { id: 9, bytes: version4(912) },
  { id: 9, bytes: version4(1360) },
]
