// SPDX-License-Identifier: MIT
// The partition table of an image, in the last 4 KiB of region 0, and the places of its partitions: one after
// the other in the order of the table, each on a page of its own, the last one just below the table.

import { SmemError } from '../errors.js'
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
import type { Canvas } from './canvas.js'
import type { PlacedPartition } from './image.js'
import type { PartitionShape } from './partition-image.js'

/** Firmware refuses partitions that do not start on a page. */
const PARTITION_ALIGN = 4096

/** Offsets for `shapes`, all between `lowest` and the table at `table`. */
export function placePartitions(
  shapes: readonly PartitionShape[],
  lowest: number,
  table: number,
): PlacedPartition[] {
  if (shapes.length > PTABLE_MAX_ENTRIES) {
    throw new SmemError(
      'ENOSPC',
      `${shapes.length} partitions do not fit into the partition table, which has ${PTABLE_MAX_ENTRIES} entries`,
    )
  }
  const placed: PlacedPartition[] = []
  let end = table
  for (let index = shapes.length - 1; index >= 0; index--) {
    const { host0, host1, size } = shapes[index]!
    const offset = Math.floor((end - size) / PARTITION_ALIGN) * PARTITION_ALIGN
    if (offset < lowest) {
      throw new SmemError(
        'ENOMEM',
        `partition ${index} (hosts ${host0} and ${host1}) of ${size} bytes does not fit into region 0`,
      )
    }
    placed.unshift({ index, offset, size, host0, host1, entry: table + ptableEntryOffset(index) })
    end = offset
  }
  return placed
}

/** Draws the table header and its entries at `table`. */
export function drawPtable(
  { view }: Canvas,
  table: number,
  shapes: readonly PartitionShape[],
  placed: readonly PlacedPartition[],
): void {
  PtableHeader.assign(view, table, {
    magic: PTABLE_MAGIC,
    version: PTABLE_VERSION,
    numEntries: placed.length,
  })
  placed.forEach(({ entry, offset, size, host0, host1 }, index) => {
    const { cacheline, flags } = shapes[index]!
    PtableEntry.assign(view, entry, { offset, size, flags, host0, host1, cacheline })
  })
}

/** Draws the info record behind `entries` table entries. */
export function drawInfo(canvas: Canvas, table: number, entries: number, numItems: number): void {
  const { base, bytes, view } = canvas
  InfoRecord.assign(view, table + ptableEntryOffset(entries), {
    magic: INFO_MAGIC,
    size: bytes.length,
    base: base % 2 ** 32,
    baseHigh: Math.floor(base / 2 ** 32),
    numItems,
  })
}

/** Where the table of a region of `size` bytes starts. */
export function ptableOffset(size: number): number {
  return size - PTABLE_PAGE
}
