// SPDX-License-Identifier: MIT
// A map of each region: what lies where, in bytes from its start, so that it can be drawn to scale. Stretches of depth 0
// cover a region without a gap; what lies in a heap or a partition is deeper. Broken heaps have stretches that overlap,
// and none that leaves its region.

import { hostName } from '../../data/hosts.js'
import { hexAddress } from '../../errors.js'
import type { HeapOptions, PartitionState } from '../../heap/heap.js'
import { between, untouchable } from '../../heap/holes.js'
import { areOrdered, isGlobal, partitionLabel, remoteHost } from '../../heap/partition-table.js'
import type { Region, Regions } from '../../heap/region.js'
import { Header, type HeapInfo } from '../../layout/header.js'
import { PartitionHeader } from '../../layout/partition.js'
import { PTABLE_PAGE } from '../../layout/ptable.js'
import type { Stretch } from '../../port/port.js'
import type { PageItem } from './items.js'
import type { PageRecords } from './records.js'

export type MapKind =
  | 'header'
  | 'toc'
  | 'heap'
  | 'free'
  | 'partition'
  | 'ptable'
  | 'item'
  /** Not in the dump, or only others may touch it. */
  | 'hole'
  /** Nobody's by any record. */
  | 'unused'

export interface MapSpan {
  readonly kind: MapKind
  /** From the start of the region, bytes. */
  readonly offset: number
  /** May be 0 for an item. */
  readonly size: number
  readonly label: string
  /** Remote host of the private partition; null for what is global or nobody's. */
  readonly host: number | null
  /** Index of the item in the page. */
  readonly item: number | null
  /** 1: in the heap, or a part of a partition; 2: an item of a partition. */
  readonly depth: 0 | 1 | 2
  /** Of a partition: items grow up from its start uncached, down from its end cached. */
  readonly side: 'uncached' | 'cached' | null
}

export interface MapRegion {
  readonly base: string
  readonly size: number
  readonly kind: 'main' | 'aux'
  /** By depth, then by offset. */
  readonly spans: readonly MapSpan[]
}

export function pageMap(
  regions: Regions,
  view: HeapOptions,
  records: PageRecords,
  items: readonly PageItem[],
): MapRegion[] {
  return regions.map((region) => {
    const isMain = region.kind === 'main'
    const holes = isMain ? untouchable(region.port, view) : (region.port.holes ?? [])
    const structures = isMain ? mainSpans(region, view, records) : [auxiliarySpan(region)]
    const { base, size } = region.port
    const spans = [...covered(structures, holes, size), ...itemSpans(items, base)]
    return {
      base: hexAddress(base),
      size,
      kind: region.kind,
      spans: spans
        .flatMap((span) => clipped(span, size))
        .sort((a, b) => a.depth - b.depth || a.offset - b.offset),
    }
  })
}

const plain = { host: null, item: null, depth: 0, side: null } as const

function mainSpans({ port }: Region, view: HeapOptions, records: PageRecords): MapSpan[] {
  const { toc } = Header.offsets
  const { version, heapInfo, table, partitions } = records
  return [
    { ...plain, kind: 'header', offset: 0, size: toc, label: 'header' },
    {
      ...plain,
      kind: 'toc',
      offset: toc,
      size: Header.size - toc,
      label: `table of contents${version === 12 ? ', not used by version 12' : ''}`,
    },
    ...(version === 11 ? globalHeap(heapInfo!) : []),
    ...partitions.flatMap((state) => partitionSpans(state, view)),
    ...(!table
      ? []
      : [
          {
            ...plain,
            kind: 'ptable',
            offset: port.size - PTABLE_PAGE,
            size: PTABLE_PAGE,
            label: 'partition table',
          } as const,
        ]),
  ]
}

/** Of version 11: behind the header, as far as the boot loader gave it. */
function globalHeap({ freeOffset, available }: HeapInfo): MapSpan[] {
  const end = freeOffset + available
  return [
    { ...plain, kind: 'heap', offset: Header.size, size: end - Header.size, label: 'global heap' },
    { ...plain, kind: 'free', offset: freeOffset, size: available, label: 'free', depth: 1 },
  ]
}

function auxiliarySpan({ port }: Region): MapSpan {
  return { ...plain, kind: 'heap', offset: 0, size: port.size, label: 'auxiliary region' }
}

function partitionSpans({ entry, header, error }: PartitionState, view: HeapOptions): MapSpan[] {
  const { offset: start, size } = entry
  const host = isGlobal(entry) ? null : remoteHost(entry, view.localHost ?? 0)
  const label = isGlobal(entry)
    ? partitionLabel(entry)
    : `partition of ${nameOf(entry.host0)} and ${nameOf(entry.host1)}`
  const whole: MapSpan = { ...plain, kind: 'partition', offset: start, size, label, host }
  if (header === null || error !== null) return [whole]
  const part = { ...plain, host, depth: 1 } as const
  const { freeUncached: uncached, freeCached: cached } = header
  const spans: MapSpan[] = [
    whole,
    {
      ...part,
      kind: 'header',
      offset: start,
      size: PartitionHeader.size,
      label: 'partition header',
    },
  ]
  if (!areOrdered({ uncached, cached }, entry)) return spans
  const between = (from: number, to: number) => ({ offset: start + from, size: to - from })
  return [
    ...spans,
    {
      ...part,
      ...between(PartitionHeader.size, uncached),
      kind: 'heap',
      label: 'uncached items',
      side: 'uncached',
    },
    { ...part, ...between(uncached, cached), kind: 'free', label: 'free' },
    { ...part, ...between(cached, size), kind: 'heap', label: 'cached items', side: 'cached' },
  ]
}

function itemSpans(items: readonly PageItem[], base: number): MapSpan[] {
  const region = hexAddress(base)
  return items.flatMap((item, index): MapSpan[] => {
    const { id, name, host, offset, size, error, cached, heap } = item
    if (item.region !== region || offset === null || size === null || error !== null) return []
    const inPartition = heap === 'partition'
    const side = cached === true ? 'cached' : 'uncached'
    return [
      {
        kind: 'item',
        offset,
        size,
        label: name === null ? String(id) : `${id} ${name}`,
        host,
        item: index,
        depth: inPartition ? 2 : 1,
        side: inPartition ? side : null,
      },
    ]
  })
}

/** With what lies between the structures, and the holes, in them and beside them. */
function covered(
  structures: readonly MapSpan[],
  holes: readonly Stretch[],
  end: number,
): MapSpan[] {
  const outer = structures.filter(({ depth, size }) => depth === 0 && size > 0)
  const hole = { ...plain, kind: 'hole', label: 'only others may touch this, or the dump lacks it' }
  const gaps = between(union(outer, end), end)
  const inGaps = intersections(gaps, holes)
  const unused = gaps.flatMap((gap) => without(gap, inGaps))
  return [
    ...structures,
    ...intersections(union(outer, end), holes).map((at) => ({ ...hole, ...at, depth: 1 })),
    ...inGaps.map((at) => ({ ...hole, ...at })),
    ...unused.map((at) => ({ ...plain, ...at, kind: 'unused', label: 'unused' })),
  ] as MapSpan[]
}

/** Ascending and apart from each other. */
function union(spans: readonly Stretch[], end: number): Stretch[] {
  const merged: { offset: number; size: number }[] = []
  for (const span of [...spans].sort((a, b) => a.offset - b.offset)) {
    const offset = Math.min(span.offset, end)
    const size = Math.min(span.offset + span.size, end) - offset
    const last = merged.at(-1)
    if (last === undefined || offset > last.offset + last.size) merged.push({ offset, size })
    else last.size = Math.max(last.size, offset + size - last.offset)
  }
  return merged
}

function intersections(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  return a.flatMap((one) =>
    b
      .map((other) => {
        const offset = Math.max(one.offset, other.offset)
        return { offset, size: Math.min(one.offset + one.size, other.offset + other.size) - offset }
      })
      .filter(({ size }) => size > 0),
  )
}

/** What is left of `whole` without `parts`, which are ascending. */
function without(whole: Stretch, parts: readonly Stretch[]): Stretch[] {
  const inside = parts.filter(
    ({ offset }) => offset >= whole.offset && offset < whole.offset + whole.size,
  )
  const moved = inside.map(({ offset, size }) => ({ offset: offset - whole.offset, size }))
  return between(moved, whole.size).map(({ offset, size }) => {
    return { offset: offset + whole.offset, size }
  })
}

function clipped(span: MapSpan, end: number): MapSpan[] {
  const size = Math.min(span.offset + span.size, end) - span.offset
  const isThere = span.kind === 'item' ? span.offset <= end : size > 0
  return span.offset >= 0 && isThere ? [{ ...span, size: Math.max(size, 0) }] : []
}

function nameOf(host: number): string {
  return hostName(host) ?? `host ${host}`
}
