// SPDX-License-Identifier: MIT
// Stretches of region 0 that must not overlap: items, partitions, the header, the partition table.

import { Header } from '../../layout/header.js'
import { PTABLE_PAGE } from '../../layout/ptable.js'
import type { CheckedPartition } from './checked-partition.js'
import type { CheckedTable, Subject } from './subject.js'

export interface Span {
  /** As in messages: `the header`. */
  readonly label: string
  /** Offsets in region 0. */
  readonly start: number
  readonly end: number
}

export const headerSpan: Span = { label: 'the header', start: 0, end: Header.size }

export function tableSpan({ offset }: CheckedTable): Span {
  return { label: 'the partition table', start: offset, end: offset + PTABLE_PAGE }
}

export function partitionSpan({ label, entry: { offset, size } }: CheckedPartition): Span {
  return { label: `the ${label}`, start: offset, end: offset + size }
}

/** The partitions inside region 0, and their table. */
export function partitionSpans({ partitions, table }: Subject): Span[] {
  const spans = partitions.filter(({ inside, isTable }) => inside && !isTable).map(partitionSpan)
  return table === null ? spans : [...spans, tableSpan(table)]
}

/** Each span that starts before an earlier one has ended, with that one. Empty spans overlap nothing. */
export function overlaps<S extends Span>(spans: readonly S[]): [earlier: S, later: S][] {
  const found: [S, S][] = []
  const sorted = spans.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start)
  let farthest: S | undefined
  for (const span of sorted) {
    if (farthest !== undefined && span.start < farthest.end) found.push([farthest, span])
    if (farthest === undefined || span.end > farthest.end) farthest = span
  }
  return found
}
