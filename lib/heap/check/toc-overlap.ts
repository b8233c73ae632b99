// SPDX-License-Identifier: MIT
// Items of region 0 lie one after the other behind the header, below the partitions. Only the fixed items
// may lie in the header, for they are its structures.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'
import { headerSpan, overlaps, partitionSpans, type Span } from './span.js'
import { insideMain, LAST_FIXED_ITEM, type TocRecord } from './toc-records.js'

/** `record` is null for what is no item. */
interface Taken extends Span {
  readonly record: TocRecord | null
}

export const tocOverlap: Check = {
  name: 'toc-overlap',
  severity: 'error',
  explanation:
    'Two items share bytes, or an item covers the header, a partition or the partition table. Whoever writes ' +
    'to one destroys the other. Two processors have allocated at the same time without the lock, or a record ' +
    'was overwritten; only a reboot sets the heap up again.',
  *run(subject) {
    const { toc, heapEnd } = subject
    if (toc === null) return
    const items = toc.allocated
      .filter((record) => record.size > 0 && insideMain(record, heapEnd))
      .map(asTaken)
    const behind = items.filter((item) => !inHeader(item))
    for (const item of items) if (inHeader(item)) yield defect(item, headerSpan)
    const structures = partitionSpans(subject).map((span): Taken => ({ ...span, record: null }))
    for (const [earlier, later] of overlaps<Taken>([...behind, ...structures])) {
      if (later.record !== null) yield defect(later, earlier)
      else if (earlier.record !== null) yield defect(earlier, later)
    }
  },
}

function asTaken(record: TocRecord): Taken {
  const { id, offset, size } = record
  return { record, label: `item ${id}`, start: offset, end: offset + size }
}

function inHeader({ record, start }: Taken): boolean {
  return record!.id > LAST_FIXED_ITEM && start < headerSpan.end
}

function defect({ record, label, start, end }: Taken, other: Span) {
  return {
    item: record!.id,
    address: record!.address,
    message: `${label}, ${range({ start, end })}, overlaps ${other.label}, ${range(other)}`,
  }
}

function range({ start, end }: Pick<Span, 'start' | 'end'>): string {
  return `${hexAddress(start)} to ${hexAddress(end)}`
}
