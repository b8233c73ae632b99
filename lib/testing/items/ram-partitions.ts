// SPDX-License-Identifier: MIT
// Item 402: which DRAM there is, as the boot loader tells the operating system's loader.
// Source: EDK2 RamPartition.h; little-kernel smem_ptable.c for version 1.

import { array, reserved, text, u8, u32 } from '../../layout/scalar.js'
import { struct } from '../../layout/struct.js'
import { wide } from './bytes.js'

const MAGIC1 = 0x9da5e0a8
const MAGIC2 = 0xaf9ec4e2
const ENTRIES = 32
const READ_WRITE = 1
const SDRAM = 14
const SYSTEM_MEMORY = 1

const Table = struct('ram partition table', {
  magic1: u32,
  magic2: u32,
  version: u32,
  reserved1: u32,
  count: u32,
  reserved2: u32,
})

const common = {
  name: text(16),
  start: array(u32, 2),
  length: array(u32, 2),
  attribute: u32,
  category: u32,
  domain: u32,
  type: u32,
  numPartitions: u32,
  hwInfo: u32,
}

const EntryV1 = struct('ram partition, version 1', { ...common, reserved: reserved(8) })

const EntryV2 = struct('ram partition, version 2', {
  ...common,
  highestBankBit: u8,
  pad: reserved(3),
  minPasrSize: u32,
  availableLength: array(u32, 2),
})

export interface RamBank {
  readonly start: number
  readonly length: number
  readonly highestBankBit?: number
}

/** The bytes of item 402, version 1, 2 or 3, with one entry of system memory for each bank. */
export function ramPartitions(version: 1 | 2 | 3, banks: readonly RamBank[]): Uint8Array {
  const entrySize = version === 1 ? EntryV1.size : EntryV2.size
  const bytes = new Uint8Array(Table.size + ENTRIES * entrySize)
  const view = new DataView(bytes.buffer)
  Table.assign(view, 0, { magic1: MAGIC1, magic2: MAGIC2, version, count: banks.length })
  banks.forEach(({ start, length, highestBankBit = 15 }, i) => {
    const at = Table.size + i * entrySize
    const entry = {
      start: wide(start),
      length: wide(length),
      attribute: READ_WRITE,
      category: SDRAM,
      type: SYSTEM_MEMORY,
      numPartitions: 1,
    }
    if (version === 1) EntryV1.assign(view, at, entry)
    else EntryV2.assign(view, at, { ...entry, highestBankBit, availableLength: wide(length) })
  })
  return bytes
}
