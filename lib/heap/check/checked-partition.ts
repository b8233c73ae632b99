// SPDX-License-Identifier: MIT
// A used entry of the partition table with what stands at the place it names, for checks. Partitions between
// two other hosts may be walled off on a running SoC: only the table tells of them then.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_partition_header().

import type { SmemError } from '../../errors.js'
import { CANARY, PARTITION_MAGIC, PartitionHeader } from '../../layout/partition.js'
import { Reader } from '../../layout/reader.js'
import { notHere } from '../../port/holes.js'
import type { MemoryPort } from '../../port/port.js'
import { cachedSide, type Direction, uncachedSide } from '../direction.js'
import type { EntryBudget } from '../entry-budget.js'
import {
  areOrdered,
  canCache,
  isGlobal,
  isPrivate,
  type PartitionEntry,
  partitionLabel,
  remoteHost,
} from '../partition-table.js'
import { entryHeader, type WalkedSide, walkSide } from './walked-side.js'

/** Both hosts of an entry that describes the partition table itself. */
const INVALID_HOST = 0xffff
export interface CheckedPartition {
  readonly entry: PartitionEntry
  /** As in messages: `partition of hosts 0 and 1`. */
  readonly label: string
  /** Remote host in the view of the local one; null for the global partition and those of others. */
  readonly host: number | null
  /** Physical, of the partition. */
  readonly address: number
  readonly global: boolean
  /** Not a partition: the table describes itself. */
  readonly isTable: boolean
  /** Lies inside region 0, with room for its header. */
  readonly inside: boolean
  /** What of it a dump does not have; null where nothing is missing, or it is not to be read at all. */
  readonly missing: SmemError | null
  /** null where it must not or cannot be read. */
  readonly header: PartitionHeader | null
  /** What is in it; null where the header contradicts the table. */
  readonly contents: PartitionContents | null
}

export interface PartitionContents {
  readonly freeUncached: number
  readonly freeCached: number
  /** 0x20 <= freeUncached <= freeCached <= size. */
  readonly ordered: boolean
  readonly uncached: WalkedSide
  /** null without a usable cache line. */
  readonly cached: WalkedSide | null
  /** Id of a last cached item of size 0: its header lies on the free offset, where a walk ends. */
  readonly hidden: number | null
}

export interface View {
  readonly localHost: number
  readonly foreign: boolean
}

const reader = new Reader(PartitionHeader)

export function checkedPartition(
  main: MemoryPort,
  entry: PartitionEntry,
  { localHost, foreign }: View,
  budget: EntryBudget,
): CheckedPartition {
  const { offset, size, host0, host1 } = entry
  const global = isGlobal(entry)
  const remote = remoteHost(entry, localHost)
  const inside = offset + Math.max(size, PartitionHeader.size) <= main.size
  const readable = global || remote !== null || (foreign && isPrivate(entry))
  const missing = readable && inside ? notHere(main, entry) : null
  const header = readable && inside && missing === null ? reader.read(main, offset) : null
  return {
    entry,
    label: partitionLabel(entry),
    host: global ? null : remote,
    address: main.base + offset,
    global,
    isTable: remote === null && host0 === INVALID_HOST && host1 === INVALID_HOST,
    inside,
    missing,
    header,
    contents: header !== null && agrees(header, entry) ? read(main, entry, header, budget) : null,
  }
}

function agrees(header: PartitionHeader, { host0, host1, size }: PartitionEntry): boolean {
  const { magic } = header
  const sameHosts = header.host0 === host0 && header.host1 === host1
  return magic === PARTITION_MAGIC && sameHosts && header.size === size
}

function read(
  main: MemoryPort,
  entry: PartitionEntry,
  { freeUncached, freeCached }: PartitionHeader,
  budget: EntryBudget,
): PartitionContents {
  // Lock-free readers must load entries after the free offsets that publish them.
  main.fence('load')
  const walk = (direction: Direction, end: number) => walkSide(main, entry, direction, end, budget)
  const cached = canCache(entry) ? walk(cachedSide, freeCached) : null
  return {
    freeUncached,
    freeCached,
    ordered: areOrdered({ uncached: freeUncached, cached: freeCached }, entry),
    uncached: walk(uncachedSide, freeUncached),
    cached,
    hidden: cached?.at === freeCached ? emptyItem(main, entry, freeCached) : null,
  }
}

function emptyItem(main: MemoryPort, entry: PartitionEntry, at: number): number | null {
  const header = entryHeader(main, entry, at)
  return header?.canary === CANARY && header.size === 0 ? header.item : null
}

/** The sides of a partition that could be walked. */
export function sides({ contents }: CheckedPartition): WalkedSide[] {
  return [contents?.uncached, contents?.cached].filter((side) => side != null)
}
