// SPDX-License-Identifier: MIT
// Walking over a map with the arrow keys: along a lane mark by mark, also beyond what is in view, and from lane to lane.
// The place that has the focus is remembered by its offset, because marks come and go with the zoom.

import type { Extent } from './geometry.js'
import { type LaneName, type Lanes, laneNames, type Span } from './lanes.js'
import type { Mark } from './marks.js'

/** A span of a lane, by its place in the lane. */
export interface Step {
  readonly lane: LaneName
  readonly index: number
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

export type LaneMarks = Readonly<Record<LaneName, readonly Mark<Span>[]>>

/** The mark that a step has led to; null where it is out of view. */
export function markOf(step: Step, lanes: Lanes, marks: LaneMarks): Mark<Span> | null {
  const span = lanes[step.lane][step.index]
  return marks[step.lane].find(({ spans }) => spans.some((each) => each === span)) ?? null
}

export function stepTo(mark: Mark<Span>, lane: LaneName, lanes: Lanes): Step {
  const spans: readonly Span[] = lanes[lane]
  return { lane, index: spans.indexOf(mark.spans[0]) }
}

/** Where a walk begins: at the first structure in view. */
export function firstStep(lanes: Lanes, marks: LaneMarks): Step {
  const mark = marks.structures[0]
  return mark === undefined ? { lane: 'structures', index: 0 } : stepTo(mark, 'structures', lanes)
}

/** null where there is nothing further in that direction. */
export function next(
  step: Step,
  direction: Direction,
  lanes: Lanes,
  marks: LaneMarks,
): Step | null {
  const { lane } = step
  const last = lanes[lane].length - 1
  if (direction === 'up' || direction === 'down') return across(step, direction, lanes)
  if (direction === 'first') return step.index === 0 ? null : { lane, index: 0 }
  if (direction === 'last') return step.index === last ? null : { lane, index: last }
  const here = markOf(step, lanes, marks)
  const spans: readonly Span[] = lanes[lane]
  const edge = direction === 'left' ? here?.spans[0] : here?.spans.at(-1)
  const from = edge === undefined ? step.index : spans.indexOf(edge)
  const index = from + (direction === 'left' ? -1 : 1)
  return index < 0 || index > last ? null : { lane, index }
}

/** To what is closest to the start of this one in the next lane that has anything. */
function across({ lane, index }: Step, direction: 'up' | 'down', lanes: Lanes): Step | null {
  const here = laneNames.indexOf(lane)
  const ahead =
    direction === 'down' ? laneNames.slice(here + 1) : laneNames.slice(0, here).reverse()
  const other = ahead.find((name) => lanes[name].length > 0)
  const span = lanes[lane][index]
  return other === undefined || span === undefined
    ? null
    : { lane: other, index: closest(lanes[other], span.offset) }
}

function closest(spans: readonly Extent[], offset: number): number {
  const away = spans.map((span) => {
    return Math.max(span.offset - offset, offset - (span.offset + Math.max(span.size - 1, 0)), 0)
  })
  return away.indexOf(Math.min(...away))
}
