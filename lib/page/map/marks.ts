// SPDX-License-Identifier: MIT
// What is drawn for the spans of one lane. Each span that is in view is in exactly one mark, each mark can be seen, and no
// mark hides another: what is too small to stand alone is drawn together, as one mark that knows how many it stands for.

import { type Extent, pixelAt, type View } from './geometry.js'

export interface Mark<S extends Extent = Extent> {
  /** What it stands for, in the order of memory; one or more. */
  readonly spans: readonly [S, ...S[]]
  /** Pixels; at the edges of the screen only what can be seen. */
  readonly x: number
  readonly width: number
}

export interface MarkRules<S> {
  /** No mark is narrower, and none is further than this from its place, pixels. */
  readonly least: number
  /** Small neighbours of one kind are drawn together up to this width, pixels. */
  readonly bin: number
  /** Spans of different kinds share a mark only where one of them could not be seen otherwise. */
  readonly kindOf: (span: S) => unknown
}

interface Draft<S> {
  spans: [S, ...S[]]
  x: number
  end: number
  small: boolean
}

/** `spans` in the order of memory, as `byOffset` sorts them. Broken heaps have spans that overlap. */
export function marksOf<S extends Extent>(
  spans: readonly S[],
  view: View,
  width: number,
  { least, bin, kindOf }: MarkRules<S>,
): Mark<S>[] {
  const drafts: Draft<S>[] = []
  for (const span of spans) {
    if (!isInView(span, view)) continue
    const last = drafts.at(-1)
    const from = clipped(pixelAt(view, width, span.offset), width)
    const to = clipped(pixelAt(view, width, span.offset + span.size), width)
    const x = Math.max(from, last?.end ?? 0)
    const small = to - x < least
    const isCrowded = last !== undefined && last.end - from > least
    if (last !== undefined && small && (isCrowded || canJoin(last, span, from))) {
      last.spans.push(span)
      last.end = Math.max(last.end, to)
    } else {
      drafts.push({ spans: [span], x, end: Math.max(to, x + least), small })
    }
  }
  return drafts.map(({ spans, x, end }) => ({ spans, x, width: end - x }))

  function canJoin(last: Draft<S>, span: S, from: number): boolean {
    return last.small && from < last.x + bin && kindOf(last.spans[0]) === kindOf(span)
  }
}

export function byOffset(a: Extent, b: Extent): number {
  return a.offset - b.offset || b.size - a.size
}

/** A span without bytes is in view where its place is. */
export function isInView({ offset, size }: Extent, { start, end }: View): boolean {
  return offset < end && (offset + size > start || (size === 0 && offset >= start))
}

/** From the first byte to the last that a mark stands for. */
export function extentOf({ spans }: Mark): Extent {
  const { offset } = spans[0]
  const end = Math.max(...spans.map((span) => span.offset + span.size))
  return { offset, size: end - offset }
}

/** The mark at a pixel, or the closest one within `slop` pixels; null where there is none. */
export function markAt<S extends Extent>(
  marks: readonly Mark<S>[],
  pixel: number,
  slop: number,
): Mark<S> | null {
  let closest: Mark<S> | null = null
  let least = slop
  for (const mark of marks) {
    const away = Math.max(mark.x - pixel, pixel - (mark.x + mark.width), 0)
    if (away > least || (away === least && closest !== null)) continue
    closest = mark
    least = away
  }
  return closest
}

function clipped(pixel: number, width: number): number {
  return Math.min(Math.max(pixel, 0), width)
}
