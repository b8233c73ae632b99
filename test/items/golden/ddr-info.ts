// SPDX-License-Identifier: MIT
// Item 603 in every size that is known, and in two that are not.

import { type Golden, type Placed, written } from './golden.js'

/** Two channels and two frequencies: the same in all versions. */
const head: Placed[] = [
  [0x00, 6, 1],
  [0x01, 7, 1],
  [0x02, 0x11, 2],
  [0x04, 0x12, 2],
  [0x06, 16, 2],
  [0x08, 8, 2],
  [0x0a, 0x21, 2],
  [0x10, 12, 2],
  [0x48, 200000],
  [0x4c, 1, 1],
  [0x50, 2092800],
]

/** Thirteen frequencies: how many are used at 176, the address at 184, the channels at 192. */
const short: Placed[] = [...head, [176, 2, 1], [184, 0x146ab000, 8], [192, 2, 1]]
/** Fourteen: 184, 192 and 200. */
const long: Placed[] = [...head, [184, 2, 1], [192, 0x146ab000, 8]]

export const version3 = written(200, short)
export const version3Long = written(208, [...long, [200, 2, 1]])
export const version4 = written(224, [
  ...short,
  [193, 1, 1],
  [194, 2, 1],
  [201, 16, 1],
  [202, 15, 1],
  [203, 14, 1],
])

/** With its last region, number `regions`, in the last slot. */
export const newer = (size: number, regions: number) =>
  written(size, [
    ...long,
    [200, 2092800],
    [208, 2, 1],
    [216, regions],
    [224, 0x100000000, 8],
    [232, 0x80000000, 8],
    [240, 0x80000000, 8],
    [248, 0x180000000, 8],
    [256, 15],
    [264, 0x80000000, 8],
    [272, 0x80000000, 8],
    [280, 0x19200000, 8],
    [288, 512],
    [292, 14, 1],
    [293, 3, 1],
    [296, 0x1000, 8],
    [264 + (regions - 1) * 40, 0x180000000, 8],
    [272 + (regions - 1) * 40, 0x40000000, 8],
  ])

export const golden: readonly Golden[] = [
  { id: 603, bytes: version3 },
  { id: 603, bytes: version3Long },
  { id: 603, bytes: version4 },
  { id: 603, bytes: newer(424, 4) },
  { id: 603, bytes: newer(504, 6) },
  { id: 603, bytes: newer(536, 4) },
  { id: 603, bytes: newer(540, 4) },
  { id: 603, bytes: newer(616, 6) },
  { id: 603, bytes: newer(620, 6) },
  // Of no known version: between two of them, and longer than all.
  { id: 603, bytes: newer(464, 5) },
  { id: 603, bytes: newer(700, 7) },
]
