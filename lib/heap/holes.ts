// SPDX-License-Identifier: MIT
// Holes: what of region 0 must not be touched while processors run. A private partition between two other hosts may
// be walled off by a protection unit, and then a read is a bus error or a reset.
// See docs/decisions/0010-never-touch-foreign-partitions.md.

import { SmemError } from '../errors.js'
import { Header } from '../layout/header.js'
import { PTABLE_PAGE } from '../layout/ptable.js'
import type { MemoryPort, Stretch } from '../port/port.js'
import { heapVersion, readHeader } from './header.js'
import type { HeapOptions } from './heap.js'
import { isGlobal, readPartitionTable, remoteHost } from './partition-table.js'

/**
 * What is missing in region 0 or not `localHost`'s to see: ascending, and apart from each other. Where the partition
 * table makes no sense, nobody knows whose the memory is, and all but header and table is left alone.
 */
export function untouchable(main: MemoryPort, view: HeapOptions): Stretch[] {
  return merged([...(main.holes ?? []), ...othersOnly(main, view)])
}

/** Of whole words. */
function othersOnly(main: MemoryPort, { localHost = 0, foreign = false }: HeapOptions): Stretch[] {
  if (foreign) return []
  // Both were read already to get here, whatever the table says of them.
  const first = Header.size
  const last = Math.floor((main.size - PTABLE_PAGE) / 4) * 4
  const stretches = foreignPartitions(main, localHost) ?? [{ offset: first, size: last - first }]
  return stretches
    .map(({ offset, size }) => {
      const start = Math.max(Math.floor(offset / 4) * 4, first)
      const end = Math.min(Math.ceil((offset + size) / 4) * 4, last)
      return { offset: start, size: end - start }
    })
    .filter(({ size }) => size > 0)
}

/** What is left of a region between its holes. */
export function between(holes: readonly Stretch[], size: number): Stretch[] {
  const starts = [0, ...holes.map((hole) => hole.offset + hole.size)]
  const ends = [...holes.map(({ offset }) => offset), size]
  return starts
    .map((offset, i) => ({ offset, size: ends[i]! - offset }))
    .filter((stretch) => stretch.size > 0)
}

/** null where the table cannot be used, but for a version 11 without one, which has no partitions. */
function foreignPartitions(main: MemoryPort, localHost: number): readonly Stretch[] | null {
  try {
    return readPartitionTable(main).entries.filter(
      (entry) => !isGlobal(entry) && remoteHost(entry, localHost) === null,
    )
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    return error.code === 'ENOENT' && isVersion11(main) ? [] : null
  }
}

function isVersion11(main: MemoryPort): boolean {
  return main.size >= Header.size && heapVersion(readHeader(main)).major === 11
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const holes: { offset: number; size: number }[] = []
  for (const { offset, size } of [...stretches].sort((a, b) => a.offset - b.offset)) {
    const last = holes.at(-1)
    if (last === undefined || offset > last.offset + last.size) holes.push({ offset, size })
    else last.size = Math.max(last.size, offset + size - last.offset)
  }
  return holes
}
