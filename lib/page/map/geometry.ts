// SPDX-License-Identifier: MIT
// A region of memory as a line that is looked at through a window: bytes to pixels and back, zoom, pan, and the ruler's
// addresses. Pure numbers; offsets count from the start of the region.

/** Bytes from `offset` on. */
export interface Extent {
  readonly offset: number
  readonly size: number
}

/** What is on screen: from `start` up to `end`, in bytes, which may be fractions. */
export interface View {
  readonly start: number
  readonly end: number
}

/** The closest look: so few bytes over the whole width. */
export const CLOSEST = 64

/** Room left of what a view was made to show, and right of it, as a part of its size. */
const MARGIN = 0.06

export function whole(size: number): View {
  return { start: 0, end: Math.max(size, 1) }
}

export function isWhole(view: View, size: number): boolean {
  return view.start <= 0 && view.end >= size
}

/** Where byte `offset` begins on `width` pixels; outside of the view it is below 0 or above `width`. */
export function pixelAt(view: View, width: number, offset: number): number {
  return ((offset - view.start) / (view.end - view.start)) * width
}

/** The place in the region under a pixel. */
export function offsetAt(view: View, width: number, pixel: number): number {
  return view.start + (pixel / width) * (view.end - view.start)
}

/** `factor` 2 shows half as much. What lies at `anchor` stays where it is on screen, as far as the region allows. */
export function zoomed(view: View, size: number, factor: number, anchor: number): View {
  const before = view.end - view.start
  const after = lengthWithin(before / factor, size)
  const start = anchor - (anchor - view.start) * (after / before)
  return within({ start, end: start + after }, size)
}

/** `part` 0.5: half a screen towards higher addresses. */
export function panned(view: View, size: number, part: number): View {
  const by = (view.end - view.start) * part
  return within({ start: view.start + by, end: view.end + by }, size)
}

/** All of `extent`, as large as possible. */
export function fitted({ offset, size: length }: Extent, size: number): View {
  const shown = lengthWithin(length * (1 + 2 * MARGIN), size)
  const start = offset + length / 2 - shown / 2
  return within({ start, end: start + shown }, size)
}

/** The same zoom, moved no further than needed for `extent` to be seen; as `fitted` where it is too long. */
export function revealing(view: View, size: number, extent: Extent): View {
  const { offset } = extent
  const end = offset + extent.size
  const length = view.end - view.start
  if (offset >= view.start && end <= view.end) return view
  if (extent.size * (1 + 2 * MARGIN) > length) return fitted(extent, size)
  const start = offset < view.start ? offset - length * MARGIN : end + length * MARGIN - length
  return within({ start, end: start + length }, size)
}

/** Between two views, for moving from one to the other; the zoom changes evenly. */
export function between(from: View, to: View, part: number): View {
  const before = from.end - from.start
  const after = to.end - to.start
  const length = before * (after / before) ** part
  const share = before === after ? part : (length - before) / (after - before)
  const start = from.start + (to.start - from.start) * share
  return { start, end: start + length }
}

/** Every address of the ruler: round in hexadecimal, at least `apart` pixels from the next. */
export function ticks(view: View, width: number, base: number, apart: number): number[] {
  const step = 2 ** Math.ceil(Math.log2(Math.max(offsetAt(view, width, apart) - view.start, 1)))
  const first = Math.ceil((base + view.start) / step) * step
  const found: number[] = []
  for (let address = first; address <= base + view.end; address += step) found.push(address)
  return found
}

function lengthWithin(length: number, size: number): number {
  return Math.min(Math.max(length, Math.min(CLOSEST, size)), Math.max(size, 1))
}

function within({ start, end }: View, size: number): View {
  const length = end - start
  const first = Math.min(Math.max(start, 0), Math.max(size, 1) - length)
  return { start: first, end: first + length }
}
