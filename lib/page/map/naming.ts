// SPDX-License-Identifier: MIT
// What a place in memory is called: a short name for a mark, which is its label for those who cannot see it, and the line
// below the map that says all there is to say of what is pointed at.

import type { MapSpan, PageItem } from '../../inspect/page.js'
import { type FoundSpan, itemsIn, type Span } from './lanes.js'
import { extentOf, type Mark } from './marks.js'

/** A decoded value of an item, and the bytes that it came from. */
export type ItemField = PageItem['fields'][number]

/** What names are made from. */
export interface Known {
  /** Of the region. */
  readonly base: string
  readonly items: readonly PageItem[]
  readonly hosts: Readonly<Record<string, string>>
}

/** One part of a reading: `size`, `340 bytes`. */
export interface Fact {
  readonly term: string
  readonly text: string
}

export interface Reading {
  readonly name: string
  readonly facts: readonly Fact[]
}

export function hexadecimal(value: number): string {
  return `0x${Math.floor(value).toString(16).padStart(8, '0')}`
}

/** `340 bytes`, `16384 bytes (16 KiB)`. */
function bytesText(size: number): string {
  const bytes = size === 1 ? '1 byte' : `${size} bytes`
  return size < 1024 ? bytes : `${bytes} (${shortSize(size)})`
}

/** `340 B`, `88.5 KiB`, `2 MiB`. */
export function shortSize(size: number): string {
  const [unit, name] = units.find(([least]) => size >= least) ?? [1, 'B']
  return `${Number((size / unit).toFixed(1))} ${name}`
}

const units: readonly (readonly [number, string])[] = [
  [1 << 20, 'MiB'],
  [1 << 10, 'KiB'],
]

/** Of a mark: `SMEM_VSENSE_DATA`, `7 items`, `partition header and 3 items`. */
export function markName(mark: Mark<Span>, known: Known): string {
  const { spans } = mark
  const [first] = spans
  if (spans.length === 1) return spanName(first, known)
  if (first.kind === 'finding') return `${spans.length} findings`
  const items = itemsIn(mark).length
  const others = spans.filter(
    (span): span is MapSpan => span.kind !== 'item' && span.kind !== 'finding',
  )
  const names = [...new Set(others.map(({ label }) => label))]
  return [...names, ...(items === 0 ? [] : [counted(items, 'item')])].join(', ')
}

function spanName(span: Span, { items }: Pick<Known, 'items'>): string {
  if (span.kind === 'finding') return `${span.finding.severity}: ${span.finding.check}`
  const item = span.item === null ? undefined : items[span.item]
  if (item === undefined) return names[span.kind] ?? span.label
  return item.name ?? `item ${item.id}`
}

const names: Partial<Record<MapSpan['kind'], string>> = { free: 'free space' }

/** As short as it can be while it still says something; for text in the picture. */
export function shortName(span: MapSpan, { items, hosts }: Pick<Known, 'items' | 'hosts'>): string {
  if (span.kind === 'item') return spanName(span, { items }).replace(/^SMEM_/, '')
  if (span.kind === 'partition') {
    return span.host === null
      ? span.label.replace(/^partition of /, '')
      : hostName(span.host, hosts)
  }
  return shortKinds[span.kind] ?? span.label
}

const shortKinds: Partial<Record<MapSpan['kind'], string>> = {
  toc: 'TOC',
  ptable: 'PT',
  hole: 'not to be touched',
}

/** All that is known of a mark; `field` where the pointer is on one. */
export function reading(mark: Mark<Span>, known: Known, field: ItemField | null): Reading {
  const name = markName(mark, known)
  const [span, ...more] = mark.spans
  if (more.length > 0) return { name, facts: groupFacts(mark, known) }
  if (span.kind === 'finding') return { name, facts: findingFacts(span) }
  return { name, facts: [...spanFacts(span, known), ...(field === null ? [] : [fieldFact(field)])] }
}

function spanFacts(span: MapSpan, { base, items, hosts }: Known): Fact[] {
  const { offset, size, side, kind } = span
  const item = span.item === null ? undefined : items[span.item]
  return [
    ...(item === undefined ? [] : [{ term: 'id', text: String(item.id) }]),
    ...(kind === 'item' || span.host !== null
      ? [{ term: 'host', text: hostText(span.host, hosts) }]
      : []),
    { term: 'address', text: hexadecimal(Number(base) + offset) },
    { term: 'size', text: bytesText(size) },
    ...(side === null ? [] : [{ term: 'side', text: side }]),
  ]
}

const MOST_NAMES = 4

function groupFacts(mark: Mark<Span>, known: Known): Fact[] {
  const { offset, size } = extentOf(mark)
  const start = Number(known.base) + offset
  const names = mark.spans.filter(({ kind }) => kind === 'item' || kind === 'finding')
  const shown = names.slice(0, MOST_NAMES).map((span) => spanName(span, known))
  const left = names.length - shown.length
  return [
    { term: 'address', text: `${hexadecimal(start)} to ${hexadecimal(start + size)}` },
    ...(shown.length === 0
      ? []
      : [{ term: 'these', text: `${shown.join(', ')}${left === 0 ? '' : ` and ${left} more`}` }]),
  ]
}

function findingFacts({ finding }: FoundSpan): Fact[] {
  return [
    { term: 'finding', text: finding.message },
    ...(finding.address === null ? [] : [{ term: 'address', text: finding.address }]),
  ]
}

function fieldFact({ path, offset, size }: ItemField): Fact {
  return { term: 'field', text: `${path} at ${offset}, ${bytesText(size)}` }
}

function hostText(host: number | null, hosts: Known['hosts']): string {
  return host === null ? 'global' : `${hostName(host, hosts)} (${host})`
}

export function hostName(host: number, hosts: Known['hosts']): string {
  return hosts[host] ?? `host ${host}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
