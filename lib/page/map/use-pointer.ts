// SPDX-License-Identifier: MIT
// The pointer over a picture: the mark that it is on, or close to, and the field of an item that it is in.

import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { actions } from '../store.js'
import { offsetAt } from './geometry.js'
import type { Span } from './lanes.js'
import { type Mark, markAt } from './marks.js'
import type { ItemField, Known } from './naming.js'
import { laneAt, PAD, SLOP } from './plan.js'
import { fieldAt, itemOf, targetOf } from './pointing.js'
import type { RegionState } from './use-region.js'
import { markOf, type Step, stepTo } from './walk.js'

/** A mark, and a byte of the region. */
interface Pointed {
  readonly step: Step
  readonly byte: number
}

export interface PointerState {
  readonly mark: Mark<Span> | null
  readonly field: ItemField | null
  readonly move: (event: PointerEvent) => void
  readonly leave: () => void
  /** The mark that is clicked. */
  readonly under: (event: MouseEvent) => Mark<Span> | null
}

interface PointerOptions {
  readonly picture: RefObject<SVGSVGElement | null>
  readonly state: RegionState
  readonly known: Known
  readonly width: number
  /** Of the picture, left out at its top, pixels. */
  readonly above: number
  /** The item that is open. */
  readonly openKey: string | null
}

export function usePointer(options: PointerOptions): PointerState {
  const { picture, state, known, width, above, openKey } = options
  const { view, marks, lanes } = state
  const [pointed, setPointed] = useState<Pointed | null>(null)

  const find = ({ target, clientX, clientY }: MouseEvent) => {
    const drawing = picture.current
    if (drawing === null || !(target instanceof Node) || !drawing.contains(target)) return null
    const { left, top } = drawing.getBoundingClientRect()
    const pixel = clientX - left - PAD
    const hit = targetOf(target)
    const lane = hit?.lane ?? laneAt(clientY - top + above)
    const inLane: readonly Mark<Span>[] = marks[lane]
    const mark = hit === null ? markAt(inLane, pixel, SLOP) : inLane[hit.index]
    if (!mark) return null
    return { mark, step: stepTo(mark, lane, lanes), byte: offsetAt(view, width, pixel) }
  }

  const mark = pointed && markOf(pointed.step, lanes, marks)
  return {
    mark,
    field: mark && fieldOf(mark, known, pointed!.byte),
    move: (event) => {
      const found = find(event)
      setPointed(found)
      const isOpen = found !== null && itemOf(found.mark.spans[0], known.items)?.key === openKey
      actions.hover(isOpen ? (fieldOf(found.mark, known, found.byte)?.path ?? null) : null)
    },
    leave: () => {
      if (pointed === null) return
      setPointed(null)
      actions.hover(null)
    },
    under: (event) => find(event)?.mark ?? null,
  }
}

function fieldOf({ spans }: Mark<Span>, { items }: Known, byte: number): ItemField | null {
  const [span, ...more] = spans
  return more.length > 0 || span.kind === 'finding' ? null : fieldAt(span, items, byte)
}
