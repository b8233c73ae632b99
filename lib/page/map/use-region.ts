// SPDX-License-Identifier: MIT
// The state of one region's picture: its view, its marks, where the walk of the arrow keys is, and the ways to change them.
// What they mean in bytes is geometry.ts and walk.ts.

import { useLayoutEffect, useMemo, useState } from 'preact/hooks'
import type { MapRegion, MapSpan } from '../../inspect/page.js'
import { actions, useStore } from '../store.js'
import { type Extent, fitted, panned, revealing, type View, whole, zoomed } from './geometry.js'
import { type FoundSpan, type Lanes, lanesOf, type Span } from './lanes.js'
import { extentOf, type Mark } from './marks.js'
import type { Known } from './naming.js'
import { type RegionMarks, regionMarks } from './plan.js'
import { itemOf } from './pointing.js'
import { useView, type ViewState } from './use-view.js'
import { type Direction, firstStep, markOf, next, type Step } from './walk.js'

export interface RegionState extends ViewState {
  readonly lanes: Lanes
  readonly marks: RegionMarks
  /** The mark that the Tab key comes to. */
  readonly stop: Mark<Span> | null
  readonly stopStep: Step
  /** The item that is open, where it lies in this region. */
  readonly selected: MapSpan | null
  readonly goTo: (step: Step) => void
  readonly walk: (direction: Direction) => void
  readonly open: (mark: Mark<Span>) => void
  /** Around the mark that the Tab key comes to, where there is no better anchor. */
  readonly zoomBy: (factor: number) => void
  readonly panBy: (part: number) => void
  readonly showAll: () => void
}

interface RegionOptions {
  readonly region: MapRegion
  readonly findings: readonly FoundSpan[]
  readonly known: Known
  readonly width: number
  readonly isPrinting: boolean
}

/** Around a place without a size, bytes to each side. */
const AROUND = 512

export function useRegion(options: RegionOptions): RegionState {
  const { region, findings, known, width, isPrinting } = options
  const { size } = region
  const { view: seen, move } = useView(size)
  const view = isPrinting ? whole(size) : seen
  const openKey = useStore(({ selected }) => selected)
  const [step, goTo] = useState<Step | null>(null)

  const lanes = useMemo(() => lanesOf(region, findings), [region, findings])
  const marks = useMemo(() => regionMarks(lanes, view, width), [lanes, view, width])
  const selected = useMemo(() => {
    const at = openKey === null ? -1 : known.items.findIndex(({ key }) => key === openKey)
    return (at < 0 ? undefined : lanes.contents.find(({ item }) => item === at)) ?? null
  }, [lanes, known, openKey])
  const walked = step && markOf(step, lanes, marks)
  const stopStep = step !== null && walked !== null ? step : firstStep(lanes, marks)
  const stop = walked ?? markOf(stopStep, lanes, marks)

  // An item that is opened elsewhere comes into view; nothing moves for one that only changes.
  useLayoutEffect(() => {
    if (selected !== null) move((from) => revealing(from, size, selected), true)
  }, [openKey, selected?.offset, size])

  const show = (extent: Extent) => {
    const isSmall = extent.size < 2 * AROUND
    const middle = extent.offset + extent.size / 2
    const to = fitted(isSmall ? { offset: middle - AROUND, size: 2 * AROUND } : extent, size)
    move((from) => (isSame(from, to) ? whole(size) : to), true)
  }

  return {
    ...{ view, move, lanes, marks, stop, stopStep, selected, goTo },
    walk: (direction) => {
      const to = next(stopStep, direction, lanes, marks)
      if (to === null) return
      goTo(to)
      move((from) => revealing(from, size, startOf(lanes[to.lane][to.index]!, from)))
    },
    open: (mark) => {
      const item = meant(mark, known)
      if (item === null) show(extentOf(mark))
      else actions.select(item.key)
    },
    zoomBy: (factor) => {
      move((from) => zoomed(from, size, factor, anchorOf(stop, from)), true)
    },
    panBy: (part) => move((from) => panned(from, size, part), true),
    showAll: () => move(() => whole(size), true),
  }
}

/** What a mark opens: its item. Of several, which cannot be told apart where they share a place, the first. */
function meant(mark: Mark<Span>, { items }: Known) {
  const [span, ...more] = mark.spans
  if (more.length === 0) return itemOf(span, items)
  if (extentOf(mark).size > 0) return null
  return mark.spans.map((each) => itemOf(each, items)).find((item) => item !== null) ?? null
}

/** What does not fit on screen is walked to at its start, not shown whole. */
function startOf({ offset, size }: Span, { start, end }: View): Extent {
  return { offset, size: Math.min(size, (end - start) / 4) }
}

/** The middle of what can be seen of a mark, or of the view. */
function anchorOf(mark: Mark<Span> | null, { start, end }: View): number {
  const { offset, size } = mark === null ? { offset: end, size: 0 } : extentOf(mark)
  const from = Math.max(offset, start)
  const to = Math.min(offset + size, end)
  return from > to || from >= end ? (start + end) / 2 : (from + to) / 2
}

function isSame(a: View, b: View): boolean {
  return Math.abs(a.start - b.start) < 1 && Math.abs(a.end - b.end) < 1
}
