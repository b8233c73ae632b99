// SPDX-License-Identifier: MIT
// The lanes of a region's picture: structures that tile it, what they hold, and what the checks found. A lane is what the
// keyboard walks along; its spans are in the order of memory.

import type { MapRegion, MapSpan, PageItem, VerifyFinding } from '../../inspect/page.js'
import type { Extent } from './geometry.js'
import { byOffset, type Mark } from './marks.js'

/** From the top of the picture. */
export const laneNames = ['findings', 'structures', 'contents'] as const

export type LaneName = (typeof laneNames)[number]

/** A finding at its place. */
export interface FoundSpan extends Extent {
  readonly kind: 'finding'
  readonly finding: VerifyFinding
}

export type Span = MapSpan | FoundSpan

export interface Lanes {
  readonly findings: readonly FoundSpan[]
  readonly structures: readonly MapSpan[]
  readonly contents: readonly MapSpan[]
  /** The two sides of each partition, behind its contents. */
  readonly sides: readonly MapSpan[]
}

export function lanesOf({ spans }: MapRegion, findings: readonly FoundSpan[]): Lanes {
  const inside = spans.filter(({ depth }) => depth > 0)
  return {
    findings: findings.toSorted(byOffset),
    structures: spans.filter(({ depth }) => depth === 0).sort(byOffset),
    contents: inside.filter(({ kind }) => kind !== 'heap').sort(byOffset),
    sides: inside.filter(({ kind }) => kind === 'heap').sort(byOffset),
  }
}

/** What may be drawn as one: a header goes with the items that follow it. */
export function kindOf(span: Span): string {
  if (span.kind === 'finding') return span.finding.severity
  const { kind, host, side } = span
  return kind === 'header' ? `item ${host} uncached` : `${kind} ${host} ${side}`
}

export function itemsIn({ spans }: Mark<Span>): MapSpan[] {
  return spans.filter((span): span is MapSpan => span.kind === 'item')
}

export function isSevere({ spans }: Mark<FoundSpan>): boolean {
  return spans.some(({ finding }) => finding.severity === 'error')
}

/**
 * Each finding that has a place in a region, by the number of the region: its address, else its item, else the partition
 * of its host. The rest is about no place, or about one outside.
 */
export function placed(
  findings: readonly VerifyFinding[],
  regions: readonly MapRegion[],
  items: readonly PageItem[],
): { readonly regions: FoundSpan[][]; readonly elsewhere: VerifyFinding[] } {
  const found: FoundSpan[][] = regions.map(() => [])
  const elsewhere: VerifyFinding[] = []
  for (const finding of findings) {
    const place = byAddress(finding, regions) ?? byOwner(finding, regions, items)
    if (place === null) elsewhere.push(finding)
    else found[place.region]!.push({ kind: 'finding', finding, offset: place.offset, size: 0 })
  }
  return { regions: found, elsewhere }
}

interface Place {
  readonly region: number
  readonly offset: number
}

function byAddress({ address }: VerifyFinding, regions: readonly MapRegion[]): Place | null {
  if (address === null) return null
  return firstPlace(regions, ({ base, size }) => {
    const offset = Number(address) - Number(base)
    return offset >= 0 && offset < size ? offset : null
  })
}

function byOwner(
  { item, host }: VerifyFinding,
  regions: readonly MapRegion[],
  items: readonly PageItem[],
): Place | null {
  const isIt = (span: MapSpan) => {
    if (item === null) return host !== null && span.kind === 'partition' && span.host === host
    return span.item !== null && items[span.item]?.id === item && span.host === host
  }
  return firstPlace(regions, ({ spans }) => spans.find(isIt)?.offset ?? null)
}

function firstPlace(
  regions: readonly MapRegion[],
  offsetIn: (region: MapRegion) => number | null,
): Place | null {
  for (const [region, each] of regions.entries()) {
    const offset = offsetIn(each)
    if (offset !== null) return { region, offset }
  }
  return null
}
