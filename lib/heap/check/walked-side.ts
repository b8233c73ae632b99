// SPDX-License-Identifier: MIT
// One side of a partition as its entry headers stand in memory, for checks: what is stored, not what a
// client gets. Walks as far as a listing does, and as the kernel does while the heap is sound.
// Source: Linux drivers/soc/qcom/smem.c, uncached_entry_next() and cached_entry_next().

import { CANARY, cachedHeaderSpan, PartitionHeader, PrivateEntry } from '../../layout/partition.js'
import type { PtableEntry } from '../../layout/ptable.js'
import { Reader } from '../../layout/reader.js'
import type { MemoryPort } from '../../port/port.js'
import type { EntryBudget } from '../entry-budget.js'

export interface WalkedEntry {
  readonly id: number
  /** Physical, of the header. */
  readonly address: number
  /** With padding, as stored. */
  readonly size: number
  readonly paddingData: number
  readonly cached: boolean
  /** Whether size and padding are possible and the data lies inside the partition. */
  readonly possible: boolean
}

export interface WalkedSide {
  readonly entries: readonly WalkedEntry[]
  /** Where the walk stands: from the start of the partition, where the next header would begin. */
  readonly at: number
  /** Why it ended; `room`: no header fits between here and the free offset. */
  readonly stopped: 'arrived' | 'canary' | 'room' | 'entry' | 'budget'
  /** Physical, of `at`. */
  readonly address: number
  /** What stands there instead of a canary, where that ended the walk. */
  readonly canary: number | null
}

const header = new Reader(PrivateEntry)

/** The entry header at `at` of a partition; null where none fits. */
export function entryHeader(
  port: MemoryPort,
  { offset, size }: PtableEntry,
  at: number,
): PrivateEntry | null {
  return at < 0 || at + PrivateEntry.size > size ? null : header.read(port, offset + at)
}

/** From behind the partition's header up to its free offset. */
export function walkUncached(
  port: MemoryPort,
  partition: PtableEntry,
  end: number,
  budget: EntryBudget,
): WalkedSide {
  return walk(port, partition, budget, {
    cached: false,
    first: PartitionHeader.size,
    arrived: (at) => at >= end,
    place: (at, { size, paddingHdr }) => {
      const data = at + PrivateEntry.size + paddingHdr
      return { data, next: data + size }
    },
  })
}

/** From the end of the partition down to its free offset, where `canCache`. */
export function walkCached(
  port: MemoryPort,
  partition: PtableEntry,
  end: number,
  budget: EntryBudget,
): WalkedSide {
  const span = cachedHeaderSpan(partition.cacheline)
  return walk(port, partition, budget, {
    cached: true,
    first: partition.size - span,
    arrived: (at) => at <= end,
    place: (at, { size }) => ({ data: at - size, next: at - size - span }),
  })
}

interface Way {
  readonly cached: boolean
  readonly first: number
  arrived(at: number): boolean
  place(at: number, entry: PrivateEntry): { data: number; next: number }
}

function walk(port: MemoryPort, partition: PtableEntry, budget: EntryBudget, way: Way): WalkedSide {
  const start = port.base + partition.offset
  const entries: WalkedEntry[] = []
  let at = way.first
  const ended = (stopped: WalkedSide['stopped'], canary: number | null = null): WalkedSide => ({
    entries,
    at,
    address: start + at,
    stopped,
    canary,
  })
  while (!way.arrived(at)) {
    if (!budget.allows(entries.length)) return ended('budget')
    const entry = entryHeader(port, partition, at)
    if (entry === null) return ended('room')
    if (entry.canary !== CANARY) return ended('canary', entry.canary)
    const { item: id, size, paddingData } = entry
    const { data, next } = way.place(at, entry)
    const possible =
      paddingData <= size && size <= partition.size && data >= 0 && data + size <= partition.size
    entries.push({ id, address: start + at, size, paddingData, cached: way.cached, possible })
    if (!possible && (next < 0 || next > partition.size)) return ended('entry')
    at = next
  }
  return ended('arrived')
}
