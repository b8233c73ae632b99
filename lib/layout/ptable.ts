// SPDX-License-Identifier: MIT
// The partition table "$TOC" in the last 4 KiB of region 0, with the "SIII" record behind its entries.
// Source: Linux drivers/soc/qcom/smem.c, struct smem_ptable, smem_ptable_entry, smem_info.

import { array, reserved, u16, u32 } from './scalar.js'
import { type Of, struct } from './struct.js'

/** The table starts this many bytes before the end of region 0, and nothing of it lies elsewhere. */
export const PTABLE_PAGE = 4096

/** Bytes "$TOC". */
export const PTABLE_MAGIC = 0x434f5424
export const PTABLE_VERSION = 1

export const PtableHeader = struct('partition table', {
  magic: u32,
  version: u32,
  numEntries: u32,
  reserved: reserved(20),
})

export const PtableEntry = struct('partition table entry', {
  offset: u32,
  size: u32,
  flags: u32,
  host0: u16,
  host1: u16,
  cacheline: u32,
  hostsBitmap: array(u32, 2),
  reserved: reserved(4),
  exclusionSizes: array(u32, 4),
})
export type PtableEntry = Of<typeof PtableEntry>

/** Bytes "SIII". */
export const INFO_MAGIC = 0x49494953

/** Some firmware reads base as one 64-bit word; on 32-bit boot loaders the high word is reserved and 0. */
export const InfoRecord = struct('info record', {
  magic: u32,
  size: u32,
  base: u32,
  baseHigh: u32,
  numItems: u16,
  reserved: reserved(2),
})
export type InfoRecord = Of<typeof InfoRecord>

/** As many entries as leave room for the info record in the page. */
export const PTABLE_MAX_ENTRIES = Math.floor(
  (PTABLE_PAGE - PtableHeader.size - InfoRecord.size) / PtableEntry.size,
)

/** Offset of table entry `index` from the start of the table. */
export function ptableEntryOffset(index: number): number {
  return PtableHeader.size + index * PtableEntry.size
}
