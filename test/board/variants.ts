// SPDX-License-Identifier: MIT
// Socinfo items of every format that the reference knows and one more, and of what the kernel has ways of its own
// for: chips and power chips without a name, texts that fill their fields, an array outside the item.

import { DEBUG, SOC } from './agreement.js'
import { MODEL } from './tree.js'

/** Offset and value. */
type Word = readonly [at: number, value: number]

/** Words of format 0.23 by offset; the arrays follow, that of the power chips not aligned. */
const WORDS: readonly Word[] = [
  [0x04, 321],
  [0x08, 0x20001],
  [0x2c, 0x8b],
  [0x30, 0xdeadbeef],
  [0x34, 8],
  [0x38, 0x10002],
  [0x3c, 1],
  [0x40, 0xff01],
  [0x44, 0x10014],
  [0x48, 0x20001],
  [0x4c, 0x20015],
  [0x50, 0x10000],
  [0x54, 0x30018],
  [0x58, 0x10001],
  [0x5c, 3],
  [0x60, 0xc0ffee42],
  [0x64, 3],
  [0x68, 0x101],
  [0x6c, 0x4f],
  [0x70, 0x1006],
  [0x74, 0xb000000b],
  [0x78, 0x3ff],
  [0x9c, 2],
  [0xa0, 0x11c],
  [0xa4, 3],
  [0xa8, 0x124],
  [0xac, 1],
  [0xb0, 0xf2],
  [0xb4, 5],
  [0xb8, 0x130],
  [0xbc, 0],
  [0xc0, 0xfeedf00d],
  [0xc4, 1],
  [0xc8, 0x130],
  [0xcc, 2],
  [0xd0, 1],
  [0xd4, 4],
  [0xd8, 1],
  [0xdc, 0x138],
  [0xe0, 0x144],
  [0xe4, 0x14c],
  [0xe8, 1],
  [0x101, 0x10014],
  [0x105, 0x20001],
  [0x109, 0x20015],
  [0x10d, 0x10000],
  [0x111, 0x30018],
  [0x115, 0x10001],
  [0x11c, 0x3],
  [0x124, 0x1],
  [0x144, 4],
  [0x148, 4],
]
export const SIZE = 0x154

/** What the driver is given to read. */
export interface Variant {
  readonly name: string
  readonly minor: number
  readonly words?: readonly Word[]
  readonly buildId?: string
  readonly chipId?: string
  /** Files in which the kernel has a way of its own, and what they show then; null: it shows none. */
  readonly own?: Readonly<Record<string, string | null>>
}

/** The newest that the reference knows, and one more. */
export const NEWEST = 23
/** The newest that Linux 6.12 knows. */
export const KERNEL_KNOWS = 19

const FULL = 'F'.repeat(32)

/** With it the doctor sees the machine. */
export const LAST: Variant = { name: 'last', minor: KERNEL_KNOWS }

export const VARIANTS: readonly Variant[] = [
  ...Array.from({ length: NEWEST + 1 }, (_, index) => ({ name: `${index + 1}`, minor: index + 1 })),
  {
    name: 'unknown-chip',
    minor: 19,
    words: [[0x04, 0xfff0]],
    own: { [`${SOC}/machine`]: MODEL },
  },
  {
    name: 'full-texts',
    minor: 19,
    buildId: FULL,
    chipId: FULL,
    words: [[0x2c, 0x5a]],
    own: { [`${DEBUG}/build_id`]: `${FULL}Z`, [`${DEBUG}/chip_id`]: `${FULL}\x02` },
  },
  {
    name: 'unknown-pmics',
    minor: 19,
    words: [
      [0x44, 0x107fff],
      [0x109, 0x10000],
    ],
  },
  { name: 'no-pmic', minor: 8, words: [[0x44, 0]] },
  {
    name: 'pmics-outside',
    minor: 19,
    words: [[0x64, 0x1000]],
    own: { [`${DEBUG}/pmic_model_array`]: null },
  },
  LAST,
]

/** The bytes of the item. */
export function itemOf({
  minor,
  words = [],
  buildId = 'SDM845.EVERY.FORMAT-1',
  chipId = 'CHIP-NAME',
}: Variant) {
  const item = Buffer.alloc(SIZE)
  item.writeUInt32LE(minor)
  for (const [at, value] of [...WORDS, ...words]) item.writeUInt32LE(value, at)
  item.write(buildId, 0x0c, 32, 'latin1')
  item.write(chipId, 0x7c, 32, 'latin1')
  return item
}
