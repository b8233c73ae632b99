// SPDX-License-Identifier: MIT
// The partition table in the last 4 KiB of region 0: where the partitions lie, whose they are, and in the
// info record behind the entries how many item ids there are and where SMEM itself lies.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_ptable(), qcom_smem_get_item_count().

import { hexAddress, SmemError } from '../errors.js'
import { TOC_ENTRIES } from '../layout/header.js'
import { cachedHeaderSpan, GLOBAL_HOST, PartitionHeader } from '../layout/partition.js'
import {
  INFO_MAGIC,
  InfoRecord,
  PTABLE_MAGIC,
  PTABLE_MAX_ENTRIES,
  PTABLE_PAGE,
  PTABLE_VERSION,
  PtableEntry,
  PtableHeader,
  ptableEntryOffset,
} from '../layout/ptable.js'
import { Reader } from '../layout/reader.js'
import type { MemoryPort } from '../port/port.js'

export interface PartitionEntry extends PtableEntry {
  /** Position in the table. */
  readonly index: number
}

export interface PartitionTable {
  /** Entries in use: offset and size not 0. At most the first 84 of the table are looked at. */
  readonly entries: readonly PartitionEntry[]
  /** The record behind the entries; null where its magic is missing. */
  readonly info: InfoRecord | null
}

const header = new Reader(PtableHeader)
const entry = new Reader(PtableEntry)
const info = new Reader(InfoRecord)

/** @throws SmemError ENOENT without the magic, EINVAL for a version that is not 1 */
export function readPartitionTable(main: MemoryPort): PartitionTable {
  const start = main.size - PTABLE_PAGE
  const address = main.base + start
  const found = start >= 0 ? header.read(main, start) : null
  if (found?.magic !== PTABLE_MAGIC) {
    throw new SmemError('ENOENT', `no partition table at ${hexAddress(Math.max(address, 0))}`, {
      origin: 'heap',
      address,
      hint: 'it lies in the last 4 KiB of the carve-out: is the image whole?',
    })
  }
  if (found.version !== PTABLE_VERSION) {
    throw new SmemError(
      'EINVAL',
      `the partition table at ${hexAddress(address)} has version ${found.version}; ${PTABLE_VERSION} is known`,
      { origin: 'heap', address },
    )
  }
  const entries: PartitionEntry[] = []
  for (let index = 0; index < Math.min(found.numEntries, PTABLE_MAX_ENTRIES); index++) {
    const record = entry.read(main, start + ptableEntryOffset(index))
    if (record.offset !== 0 && record.size !== 0) entries.push({ index, ...record })
  }
  return { entries, info: readInfo(main, start, found.numEntries) }
}

function readInfo(main: MemoryPort, table: number, numEntries: number): InfoRecord | null {
  if (numEntries > PTABLE_MAX_ENTRIES) return null
  const record = info.read(main, table + ptableEntryOffset(numEntries))
  return record.magic === INFO_MAGIC ? record : null
}

/** Item ids are below this. Version 11 has 512 whatever the info record says. */
export function itemCount(major: number, table: PartitionTable | null): number {
  return (major === 12 ? table?.info?.numItems : undefined) ?? TOC_ENTRIES
}

/** Physical address of SMEM as firmware recorded it; the high word counts only where it makes sense. */
export function recordedBase({ base, baseHigh, size }: InfoRecord): number {
  const wide = baseHigh * 2 ** 32 + base
  return wide + size <= Number.MAX_SAFE_INTEGER ? wide : base
}

export function isGlobal({ host0, host1 }: PartitionEntry): boolean {
  return host0 === GLOBAL_HOST && host1 === GLOBAL_HOST
}

/** From here on a host is none: the command database, global items, the partition table itself. */
const FIRST_SPECIAL_HOST = 0xfffd

/** Whether an entry is a partition of two hosts. */
export function isPrivate({ host0, host1 }: PartitionEntry): boolean {
  return Math.max(host0, host1) < FIRST_SPECIAL_HOST
}

/** As in messages. */
export function partitionLabel(entry: PartitionEntry): string {
  return isGlobal(entry)
    ? 'global partition'
    : `partition of hosts ${entry.host0} and ${entry.host1}`
}

/** Whether headers and data can be kept apart by its cache line inside the partition. */
export function canCache({ cacheline, size }: PartitionEntry): boolean {
  return cacheline > 0 && cachedHeaderSpan(cacheline) <= size
}

/** The two words of a partition header that move: where uncached items end and cached ones begin. */
export interface FreeOffsets {
  readonly uncached: number
  readonly cached: number
}

/** Whether free offsets can be those of a partition. */
export function areOrdered({ uncached, cached }: FreeOffsets, { size }: PartitionEntry): boolean {
  return PartitionHeader.size <= uncached && uncached <= cached && cached <= size
}

/** The other end of a private partition of `localHost`; null where it is not one of the two. */
export function remoteHost({ host0, host1 }: PartitionEntry, localHost: number): number | null {
  if (host0 === localHost) return host1
  return host1 === localHost ? host0 : null
}
