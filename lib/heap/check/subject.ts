// SPDX-License-Identifier: MIT
// What checks look at: one SMEM in the view of one host, read once. Unlike an open heap it exists for
// every image, also for one that is cut off, was never initialised or is of an unknown version.

import { Header } from '../../layout/header.js'
import {
  type InfoRecord,
  PTABLE_MAGIC,
  PTABLE_PAGE,
  PTABLE_VERSION,
  PtableHeader,
  ptableEntryOffset,
} from '../../layout/ptable.js'
import { Reader } from '../../layout/reader.js'
import { notHere } from '../../port/holes.js'
import type { MemoryPort } from '../../port/port.js'
import { EntryBudget } from '../entry-budget.js'
import { type HeapVersion, heapVersion, readHeader, type SmemHeader } from '../header.js'
import { itemCount, readPartitionTable } from '../partition-table.js'
import type { Regions } from '../region.js'
import { type CheckedPartition, checkedPartition, type View } from './checked-partition.js'
import { readTocRecords, type TocRecords } from './toc-records.js'

export interface Subject {
  /** Region 0. */
  readonly main: MemoryPort
  /** null where the image ends before the header's fixed part does. */
  readonly header: SmemHeader | null
  readonly version: HeapVersion | null
  /** null where no driver knows the version. */
  readonly major: 11 | 12 | null
  /** Item ids are below this; null where the version is not known. */
  readonly itemCount: number | null
  /** null but for version 11: others do not keep items in it. */
  readonly toc: TocRecords | null
  /** Where region 0 ends for items of the table of contents. */
  readonly heapEnd: number
  /** null where the last page of region 0 holds none. */
  readonly table: CheckedTable | null
  /** Used entries of the table in its order; none where its version is not known. */
  readonly partitions: readonly CheckedPartition[]
}

export interface CheckedTable {
  /** Offset of the table in region 0. */
  readonly offset: number
  /** Physical. */
  readonly address: number
  readonly version: number
  /** As stored, however large. */
  readonly numEntries: number
  /** null where the magic behind the entries is missing. */
  readonly info: InfoRecord | null
  /** Physical, of the info record. */
  readonly infoAddress: number
}

const ptableHeader = new Reader(PtableHeader)

export function subjectOf(regions: Regions, view: View): Subject {
  const main = regions[0].port
  const header = main.size < Header.offsets.toc ? null : readHeader(main)
  const version = header === null ? null : heapVersion(header)
  const major = version?.major === 11 || version?.major === 12 ? version.major : null
  const { freeOffset, available } = header?.heapInfo ?? { freeOffset: 0, available: 0 }
  const found = readTable(main)
  const budget = new EntryBudget()
  return {
    main,
    header,
    version,
    major,
    itemCount: major === null ? null : itemCount(major, found?.known ?? null),
    toc: major === 11 ? readTocRecords(regions) : null,
    heapEnd: Math.min(freeOffset + available, main.size),
    table: found?.table ?? null,
    partitions: (found?.known?.entries ?? []).map((entry) =>
      checkedPartition(main, entry, view, budget),
    ),
  }
}

function readTable(main: MemoryPort) {
  const offset = main.size - PTABLE_PAGE
  if (offset < 0 || notHere(main, { offset, size: PTABLE_PAGE }) !== null) return null
  const { magic, version, numEntries } = ptableHeader.read(main, offset)
  if (magic !== PTABLE_MAGIC) return null
  const known = version === PTABLE_VERSION ? readPartitionTable(main) : null
  const address = main.base + offset
  const table: CheckedTable = {
    offset,
    address,
    version,
    numEntries,
    info: known?.info ?? null,
    infoAddress: address + ptableEntryOffset(numEntries),
  }
  return { table, known }
}
