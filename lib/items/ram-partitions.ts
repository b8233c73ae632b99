// SPDX-License-Identifier: MIT
// Item 402: which DRAM there is, as the boot loader tells the operating system's loader. Entries grew with each
// version; in version 0 two firmwares disagree whether a spare word stands before or behind the entries.
// Source: EDK2 RamPartition.h; little-kernel smem_ptable.c; the Qualcomm QSDK U-Boot headers.

import { ItemId } from '../data/item-names.js'
import { ramAttributes, ramCategories, ramDomains, ramTypes } from '../data/ram-partitions.js'
import { address32, address64, type Field, reserved, text, u8, u32, u64 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import { withNames } from './value-names.js'

export const RAM_TABLE_MAGIC = [0x9da5e0a8, 0xaf9ec4e2] as const
/** Slots in every table that is known. */
export const RAM_SLOTS = 32

const RamTableV0 = struct('ram partition table, version 0', {
  magic1: u32,
  magic2: u32,
  version: u32,
  pad: reserved(4),
  count: u32,
})
export const RamTable = struct('ram partition table', { ...RamTableV0.fields, pad2: reserved(4) })

const what = { attribute: u32, category: u32, domain: u32, type: u32, numPartitions: u32 }

const RamEntryV0 = struct('ram partition, version 0', {
  name: text(16),
  start: address32,
  length: u32,
  ...what,
  pad: reserved(12),
})

const wide = { name: text(16), start: address64, length: u64, ...what, hwInfo: u32 }

export const RamEntryV1 = struct('ram partition, version 1', { ...wide, pad: reserved(8) })

export const RamEntryV2 = struct('ram partition, version 2', {
  ...wide,
  highestBankBit: u8,
  pad: reserved(3),
  minPasrMib: u32,
  availableLength: u64,
})

/** What a version's table is made of; `at` is where its entries start. */
interface Shape {
  readonly at: number
  readonly entry: Field<Record<string, Decoded>> & { readonly offsets: Record<string, number> }
}

const zeroShapes: readonly Shape[] = [
  { at: RamTableV0.size, entry: RamEntryV0 },
  { at: RamTable.size, entry: RamEntryV0 },
]
const shapes: readonly Shape[] = [
  zeroShapes[0]!,
  { at: RamTable.size, entry: RamEntryV1 },
  { at: RamTable.size, entry: RamEntryV2 },
  { at: RamTable.size, entry: RamEntryV2 },
]
const NEWEST = shapes.length - 1

const names = {
  attribute: ramAttributes,
  category: ramCategories,
  domain: ramDomains,
  type: ramTypes,
}
/** Length of the last entry of a version-0 table: all there is. */
const GROWS = 0xffffffff

export const ramPartitions = {
  name: 'ram-partitions',
  items: [ItemId.USABLE_RAM_PARTITION_TABLE],
  summary: 'which DRAM there is, and what it is for',
  layout: 'versions 0 (in both variants), 1, 2 and 3',
  source: 'EDK2 RamPartition.h; lk2nd platform/msm_shared/smem_ptable.c; QSDK U-Boot headers',
  decode(item) {
    const { offsets } = RamTableV0
    const [first, second] = RAM_TABLE_MAGIC
    if (item.peek(u32, offsets.magic1) !== first || item.peek(u32, offsets.magic2) !== second) {
      throw item.refuse('a RAM partition table starts with 0x9da5e0a8 0xaf9ec4e2')
    }
    const version = item.read('version', u32, offsets.version)
    const count = item.read('count', u32, offsets.count)
    if (version > NEWEST) item.note(`version ${version} is newer than ${NEWEST}; decoded as that`)
    const { at, entry } = version === 0 ? zeroShape(item) : shapes[Math.min(version, NEWEST)]!
    const room = Math.min(Math.max(0, Math.floor((item.size - at) / entry.size)), RAM_SLOTS)
    if (count > room) item.note(`${count} partitions are counted, and there is room for ${room}`)
    const partitions = Array.from({ length: Math.min(count, room) }, (_, i) => {
      const values = item.read(`partitions[${i}]`, entry, at + i * entry.size)
      const partition = withNames(values, names)
      return version === 0 ? { ...partition, grows: values.length === GROWS } : partition
    })
    return { version, count, partitions }
  },
} satisfies Decoder

/**
 * By whether the words of the first entry make sense; entries at 0x14 where neither place does. It takes all four of
 * them: four bytes too early, attribute and domain of a real entry pass for its category and type.
 */
function zeroShape(item: Dissection): Shape {
  if (item.peek(u32, RamTableV0.offsets.count) === 0) return zeroShapes[0]!
  const shape = zeroShapes.find((candidate) => isPlausible(item, candidate)) ?? zeroShapes[0]!
  const verdict = isPlausible(item, shape) ? 'make sense there' : 'make no sense anywhere'
  item.note(`version 0: entries taken at ${shape.at}; the words of the first ${verdict}`)
  return shape
}

function isPlausible(item: Dissection, { at, entry: { offsets } }: Shape): boolean {
  return Object.entries(names).every(([word, known]) => {
    const value = item.peek(u32, at + offsets[word]!)
    return value !== null && value in known
  })
}
