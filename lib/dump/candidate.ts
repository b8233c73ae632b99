// SPDX-License-Identifier: MIT
// A place in a dump that may be SMEM: what speaks for it, how large it is, and how sure that is. The header alone is
// three words that any memory can hold by chance, so what lies behind it is looked at, too.

import { hexAddress } from '../errors.js'
import { type HeapVersion, heapVersion, readHeader } from '../heap/header.js'
import { type PartitionTable, recordedBase } from '../heap/partition-table.js'
import {
  AUX_BASE_MASK,
  Header,
  HeapInfo,
  MASTER_SBL_VERSION,
  TOC_ENTRIES,
  TocEntry,
  tocEntryOffset,
} from '../layout/header.js'
import { PARTITION_MAGIC } from '../layout/partition.js'
import { PTABLE_MAGIC, PTABLE_PAGE } from '../layout/ptable.js'
import { BytesPort } from '../port/bytes.js'
import { end, type PhysicalMemory, type Range } from './memory.js'
import { TablePages, tableAt, wordAt } from './table-pages.js'

/** `certain`: it says itself where it lies and how large it is. `likely`: its parts fit together. */
export type Sureness = 'certain' | 'likely' | 'possible'

export interface Candidate {
  /** Of its first byte, in the addresses of the memory that was looked through. */
  readonly address: number
  readonly version: HeapVersion
  /** Bytes of region 0; null where nothing tells. */
  readonly size: number | null
  /** Where its own SIII record says that it lies. */
  readonly recorded: number | null
  readonly sure: Sureness
  /** What speaks for it, and what against, for people. */
  readonly evidence: readonly string[]
}

/** SMEM has 2 MiB at most on every known board. */
const LARGEST_SMEM = 16 * 1024 * 1024
/** Room for the header, and for a table behind it. */
const TABLE_AT_LEAST = wholePages(Header.size) + PTABLE_PAGE
/** Tables whose partitions are looked for, of those that do not say that they belong to this header. One is usual. */
const MOST_TRIED = 16

const { offsets } = Header
/** Offsets of the words by which a header is known. */
const VERSION_WORD = offsets.versions + MASTER_SBL_VERSION * 4
const INITIALIZED = offsets.heapInfo + HeapInfo.offsets.initialized
const RESERVED = offsets.heapInfo + HeapInfo.offsets.reserved

/** The bytes of a header in which `looksLikeHeader` looks. */
export const SIGNATURE_START = VERSION_WORD
export const SIGNATURE_END = RESERVED + 4

/** @param start index in `words` of the header's first word, which need not be there itself */
export function looksLikeHeader(words: Uint32Array, start: number): boolean {
  if (words[start + INITIALIZED / 4] !== 1 || words[start + RESERVED / 4] !== 0) return false
  const major = words[start + VERSION_WORD / 4]! >>> 16
  return major === 11 || major === 12
}

/**
 * What speaks for SMEM at `address`; null where nothing does.
 * @param placed whether the addresses of the memory are physical ones, to which its own record can be compared
 * @param tables for who examines several addresses that are whole pages apart
 */
export function examine(
  memory: PhysicalMemory,
  address: number,
  placed: boolean,
  tables = new TablePages(memory, address),
): Candidate | null {
  const words = headerAt(memory, address)
  if (words === null) return null
  const header = readHeader(new BytesPort(new Uint8Array(words.buffer), { base: address }))
  const version = heapVersion(header)
  const { freeOffset, available } = header.heapInfo
  const heapEnd = freeOffset + available
  const toc = version.major === 11 ? countItems(words, heapEnd) : null
  const table = findTable(tables, address)
  const recorded = table?.info == null ? null : recordedBase(table.info)
  const elsewhere = placed && recorded !== null && recorded !== address
  const fits = toc === null ? table?.rooted === true : toc.used > 0 && toc.inside === toc.used
  const knowsItself = table?.info?.size === table?.size && !elsewhere
  return {
    address,
    version,
    size: table?.size ?? (toc !== null && isHeapEnd(heapEnd) ? wholePages(heapEnd) : null),
    recorded,
    sure: !fits || elsewhere ? 'possible' : table !== null && knowsItself ? 'certain' : 'likely',
    evidence: [
      `header: initialised, version ${version.major}.${version.minor}`,
      ...(toc === null ? [] : [`${toc.inside} of ${toc.used} items inside the heap`]),
      ...(table === null ? ['no partition table'] : [tableText(table)]),
      ...(elsewhere ? [`its record says ${hexAddress(recorded)}: a copy?`] : []),
    ],
  }
}

/** The words of a header; null where there is none. */
export function headerAt(memory: PhysicalMemory, address: number): Uint32Array<ArrayBuffer> | null {
  if (!memory.covers(address, Header.size)) return null
  const words = new Uint32Array(Header.size / 4)
  memory.read(address, new Uint8Array(words.buffer))
  return looksLikeHeader(words, 0) ? words : null
}

/** Whether a partition table is where it belongs in a region. */
export function hasTable(memory: PhysicalMemory, region: Range): boolean {
  return wordAt(memory, end(region) - PTABLE_PAGE) === PTABLE_MAGIC
}

interface FoundTable extends PartitionTable {
  /** Of the region that it ends. */
  readonly size: number
  /** Partitions start where it says. */
  readonly rooted: boolean
}

/** The table behind a header: the one whose record gives this very size, else the nearest that leads to partitions. */
function findTable(tables: TablePages, start: number): FoundTable | null {
  const { memory } = tables
  let nearest: FoundTable | null = null
  let tried = 0
  const last = start + LARGEST_SMEM - PTABLE_PAGE
  for (const { address, recorded } of tables.between(start + TABLE_AT_LEAST - PTABLE_PAGE, last)) {
    const size = address + PTABLE_PAGE - start
    const fits = recorded === size
    if (!fits && (nearest !== null || tried++ >= MOST_TRIED)) continue
    const table = tableAt(memory, address)!
    const rooted = table.entries.some(
      ({ offset }) => wordAt(memory, start + offset) === PARTITION_MAGIC,
    )
    if (fits) return { ...table, size, rooted }
    if (rooted) nearest = { ...table, size, rooted }
  }
  return nearest
}

/** Items of a table of contents in region 0, and how many of them lie inside its heap. */
function countItems(words: Uint32Array, heapEnd: number): { used: number; inside: number } {
  let used = 0
  let inside = 0
  const view = new DataView(words.buffer)
  for (let id = 0; id < TOC_ENTRIES; id++) {
    const { allocated, offset, size, auxBase } = TocEntry.read(view, tocEntryOffset(id))
    if (allocated === 0 || (auxBase & AUX_BASE_MASK) !== 0) continue
    used++
    if (offset + size <= heapEnd) inside++
  }
  return { used, inside }
}

function isHeapEnd(heapEnd: number): boolean {
  return heapEnd >= Header.size && heapEnd <= LARGEST_SMEM
}

function wholePages(size: number): number {
  return Math.ceil(size / PTABLE_PAGE) * PTABLE_PAGE
}

function tableText({ entries, info, size }: FoundTable): string {
  const table = `partition table at ${hexAddress(size - PTABLE_PAGE)} from its start, ${entries.length} partitions`
  if (info === null) return `${table}, no record`
  return `${table}, recorded as ${info.size} bytes at ${hexAddress(recordedBase(info))}`
}
