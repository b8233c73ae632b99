// SPDX-License-Identifier: MIT
// The 0x20d0-byte legacy header at the start of region 0, present in both major versions.
// Source: Linux drivers/soc/qcom/smem.c, struct smem_header; the heap info stays a structure of its own
// because item 1 is that structure.

import { array, reserved, u32 } from './scalar.js'
import { type Of, struct } from './struct.js'

/** Legacy command mailbox; index 0 is apps, 1 the modem. No current driver uses it. */
export const ProcComm = struct('proc_comm', { command: u32, status: u32, data1: u32, data2: u32 })
export type ProcComm = Of<typeof ProcComm>

/** `initialized` is 1 once the boot loader has set SMEM up; `available` is called heap_remaining in firmware. */
export const HeapInfo = struct('heap info', {
  initialized: u32,
  freeOffset: u32,
  available: u32,
  reserved: u32,
})
export type HeapInfo = Of<typeof HeapInfo>

export const TocEntry = struct('toc entry', {
  allocated: u32,
  offset: u32,
  size: u32,
  auxBase: u32,
})
export type TocEntry = Of<typeof TocEntry>

/** Entries in a version-11 table of contents. */
export const TOC_ENTRIES = 512

/** Bits 31:2 of aux_base select a region; the low two are reserved and ignored by every implementation. */
export const AUX_BASE_MASK = 0xfffffffc

export const Header = struct('header', {
  procComm: array(ProcComm, 4),
  versions: array(u32, 32),
  heapInfo: HeapInfo,
  toc: reserved(TocEntry.size * TOC_ENTRIES),
})

/** Offsets of the two words of the heap info that an allocation moves, from the start of region 0. */
export const FREE_OFFSET = Header.offsets.heapInfo + HeapInfo.offsets.freeOffset
export const AVAILABLE = Header.offsets.heapInfo + HeapInfo.offsets.available

/** Index in `versions` of the master boot loader's word, the one that decides the heap's format. */
export const MASTER_SBL_VERSION = 7

/** Offset of TOC record `id` from the start of region 0. */
export function tocEntryOffset(id: number): number {
  return Header.offsets.toc + id * TocEntry.size
}
