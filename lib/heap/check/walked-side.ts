// SPDX-License-Identifier: MIT
// One side of a partition as its entry headers stand in memory, for checks: what is stored, not what a
// client gets. Walks as far as a listing does, and as the kernel does while the heap is sound.

import { CANARY, PrivateEntry } from '../../layout/partition.js'
import type { PtableEntry } from '../../layout/ptable.js'
import { Reader } from '../../layout/reader.js'
import type { MemoryPort } from '../../port/port.js'
import type { Direction } from '../direction.js'
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

/** Up, or down, to its free offset. */
export function walkSide(
  port: MemoryPort,
  partition: PtableEntry,
  direction: Direction,
  end: number,
  budget: EntryBudget,
): WalkedSide {
  const start = port.base + partition.offset
  const entries: WalkedEntry[] = []
  let at = direction.first(partition)
  const ended = (stopped: WalkedSide['stopped'], canary: number | null = null): WalkedSide => ({
    entries,
    at,
    address: start + at,
    stopped,
    canary,
  })
  while (!direction.arrived(at, end)) {
    if (!budget.allows(entries.length)) return ended('budget')
    const entry = entryHeader(port, partition, at)
    if (entry === null) return ended('room')
    if (entry.canary !== CANARY) return ended('canary', entry.canary)
    const { item: id, size, paddingData } = entry
    const data = direction.data(at, entry)
    const next = direction.next(at, entry, partition)
    const possible =
      paddingData <= size && size <= partition.size && data >= 0 && data + size <= partition.size
    entries.push({ id, address: start + at, size, paddingData, cached: direction.cached, possible })
    if (!possible && (next < 0 || next > partition.size)) return ended('entry')
    at = next
  }
  return ended('arrived')
}
