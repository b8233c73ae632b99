// SPDX-License-Identifier: MIT
// Item 402: which DRAM there is, as the boot loader tells the operating system's loader.
// Source: EDK2 RamPartition.h; little-kernel smem_ptable.c for version 1.

import { hexAddress } from '../../errors.js'
import {
  RAM_SLOTS,
  RAM_TABLE_MAGIC,
  RamEntryV1,
  RamEntryV2,
  RamTable,
} from '../../items/ram-partitions.js'

const READ_WRITE = 1
const SDRAM = 14
const SYSTEM_MEMORY = 1

export interface RamBank {
  readonly start: number
  readonly length: number
  readonly highestBankBit?: number
}

/** The bytes of item 402, version 1, 2 or 3, with one entry of system memory for each bank. */
export function ramPartitions(version: 1 | 2 | 3, banks: readonly RamBank[]): Uint8Array {
  const entrySize = version === 1 ? RamEntryV1.size : RamEntryV2.size
  const bytes = new Uint8Array(RamTable.size + RAM_SLOTS * entrySize)
  const view = new DataView(bytes.buffer)
  const [magic1, magic2] = RAM_TABLE_MAGIC
  RamTable.assign(view, 0, { magic1, magic2, version, count: banks.length })
  banks.forEach(({ start, length, highestBankBit = 15 }, i) => {
    const at = RamTable.size + i * entrySize
    const entry = {
      start: hexAddress(start),
      length,
      attribute: READ_WRITE,
      category: SDRAM,
      type: SYSTEM_MEMORY,
      numPartitions: 1,
    }
    if (version === 1) RamEntryV1.assign(view, at, entry)
    else RamEntryV2.assign(view, at, { ...entry, highestBankBit, availableLength: length })
  })
  return bytes
}
