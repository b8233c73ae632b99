// SPDX-License-Identifier: MIT
// Where the parts of a region's picture are, in pixels, and how its spans become marks there. The overview above it is
// drawn by the same rules, only lower.

import type { MapSpan } from '../../inspect/page.js'
import { type View, whole } from './geometry.js'
import { type FoundSpan, kindOf, type LaneName, type Lanes } from './lanes.js'
import { type Mark, marksOf } from './marks.js'

/** Free at both ends of a picture, for marks at its edges. */
export const PAD = 8

/** From top to bottom: `y` and `height` of each lane, and the base line of text. */
export const rows = {
  findings: { y: 0, height: 22 },
  structures: { y: 24, height: 24 },
  contents: { y: 50, height: 72 },
  counts: { y: 124, height: 14 },
  ruler: { y: 140, height: 20 },
} as const

export const HEIGHT = 162

/** What is left out above where there are no findings. */
export const NO_FINDINGS = rows.structures.y - 4

/** Both structures and contents: the body of a region. */
export const body = {
  y: rows.structures.y,
  height: rows.contents.y + rows.contents.height - rows.structures.y,
} as const

/** The lane at a height of the picture. */
export function laneAt(y: number): LaneName {
  if (y < rows.structures.y) return 'findings'
  return y < rows.contents.y ? 'structures' : 'contents'
}

export const overview = { height: 22, items: { y: 9, height: 9 } } as const

/** A pointer this close to a mark means it, pixels. */
export const SLOP = 3

const rules = {
  findings: { least: 22, bin: 22, kindOf },
  structures: { least: 3, bin: 3, kindOf },
  contents: { least: 3, bin: 28, kindOf },
} as const

export interface RegionMarks {
  readonly findings: readonly Mark<FoundSpan>[]
  readonly structures: readonly Mark<MapSpan>[]
  readonly contents: readonly Mark<MapSpan>[]
}

/** All marks of a view that is `width` pixels wide. */
export function regionMarks(lanes: Lanes, view: View, width: number): RegionMarks {
  return {
    findings: marksOf(lanes.findings, view, width, rules.findings),
    structures: marksOf(lanes.structures, view, width, rules.structures),
    contents: marksOf(lanes.contents, view, width, rules.contents),
  }
}

export function overviewMarks(lanes: Lanes, size: number, width: number): RegionMarks {
  return regionMarks(lanes, whole(size), width)
}

/** As much of `text` as `width` pixels hold, with its end, where numbers are; null where that says nothing. */
export function fitting(text: string, width: number): string | null {
  const room = Math.floor((width - 10) / CHARACTER)
  if (text.length <= room) return text
  if (room < 6) return null
  const tail = Math.floor((room - 1) * TAIL)
  return `${text.slice(0, room - 1 - tail)}…${text.slice(text.length - tail)}`
}

/** Of a text that is cut, the part that is left of its end. */
const TAIL = 0.4

/** Of the picture's text, about, pixels. */
const CHARACTER = 6.4

/** Of a count, pixels. */
const DIGIT = 6

/** Those of `labels` that have room beside those before them, each centred on its `x`. */
export function apart<L extends { readonly x: number; readonly text: string }>(
  labels: readonly L[],
): L[] {
  let end = Number.NEGATIVE_INFINITY
  return labels.filter(({ x, text }) => {
    const half = (text.length * DIGIT) / 2 + 2
    if (x - half < end) return false
    end = x + half
    return true
  })
}
