// SPDX-License-Identifier: MIT
// Which rows of a long table are drawn: those in sight and some around them. The others are two empty rows of the
// right height, so that the scroll bar tells the truth.

export interface Window {
  readonly first: number
  /** Behind the last row drawn. */
  readonly end: number
  /** Heights of what is not drawn, pixels. */
  readonly above: number
  readonly below: number
}

/** Rows drawn beyond both edges, so that quick scrolling shows no gap. */
const MARGIN = 20

/** Tables up to this many rows are drawn whole. */
const SMALL = 200

export function rowWindow(count: number, rowHeight: number, top: number, height: number): Window {
  if (count <= SMALL) return { first: 0, end: count, above: 0, below: 0 }
  const seen = Math.ceil(height / rowHeight) + 2 * MARGIN
  const wanted = Math.floor(top / rowHeight) - MARGIN
  const first = Math.max(0, Math.min(wanted, count - seen))
  const end = Math.min(count, first + seen)
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight }
}
