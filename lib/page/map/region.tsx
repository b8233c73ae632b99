// SPDX-License-Identifier: MIT
// One region: its name, its buttons, the overview, the picture, and the line that says what is pointed at.

import { useMemo, useRef, useState } from 'preact/hooks'
import type { MapRegion } from '../../inspect/page.js'
import { actions, useStore } from '../store.js'
import { useFocusKept } from './focus.js'
import { isWhole, offsetAt, panned, zoomed } from './geometry.js'
import { useGestures } from './gestures.js'
import { keysOf } from './keys.js'
import type { FoundSpan, Span } from './lanes.js'
import { type Mark, markAt } from './marks.js'
import { hexadecimal, type Known, reading, shortSize } from './naming.js'
import { Overview } from './overview.js'
import { Picture } from './picture.js'
import { HEIGHT, laneAt, NO_FINDINGS, PAD, SLOP } from './plan.js'
import { fieldAt, itemOf, targetOf } from './pointing.js'
import { Readout } from './readout.js'
import { Toolbar } from './toolbar.js'
import { useRegion } from './use-region.js'
import { usePrinting, useWidth } from './use-view.js'
import { markOf, type Step, stepTo } from './walk.js'

interface RegionProps {
  readonly region: MapRegion
  readonly findings: readonly FoundSpan[]
  readonly items: Known['items']
  readonly hosts: Known['hosts']
  readonly title: string
  readonly index: number
}

/** Under the pointer: a mark, and a byte of the region. */
interface Pointed {
  readonly step: Step
  readonly byte: number
}

export function Region({ region, findings, items, hosts, title, index }: RegionProps) {
  const { base, size } = region
  const known = useMemo(() => ({ base, items, hosts }), [base, items, hosts])
  const box = useRef<HTMLDivElement>(null)
  const picture = useRef<SVGSVGElement>(null)
  const isPrinting = usePrinting()
  const width = useWidth(box, isPrinting) - 2 * PAD
  const state = useRegion({ region, findings, known, width, isPrinting })
  const { view, move, lanes, marks, stop, stopStep, selected, goTo, open } = state
  const above = findings.length === 0 ? NO_FINDINGS : 0
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const { hasFocus, ...focus } = useFocusKept(picture)
  const openKey = useStore((store) => store.selected)
  const hovered = useStore((store) => store.hovered)

  useGestures(picture, PAD, {
    zoom: (factor, pixel) => {
      if (factor < 1 && isWhole(view, size)) return false
      move((from) => zoomed(from, size, factor, offsetAt(from, width, pixel)))
      return true
    },
    pan: (pixels) => move((from) => panned(from, size, -pixels / width)),
  })

  /** The mark under the pointer, or the closest one in its lane. */
  const under = (event: MouseEvent) => {
    const { left, top } = picture.current!.getBoundingClientRect()
    const pixel = event.clientX - left - PAD
    const hit = targetOf(event.target)
    const lane = hit?.lane ?? laneAt(event.clientY - top + above)
    const inLane: readonly Mark<Span>[] = marks[lane]
    const mark = hit === null ? markAt(inLane, pixel, SLOP) : (inLane[hit.index] ?? null)
    return mark && { mark, step: stepTo(mark, lane, lanes), byte: offsetAt(view, width, pixel) }
  }

  const point = (event: PointerEvent) => {
    const found = under(event)
    setPointed(found)
    const [span] = found?.mark.spans ?? []
    if (span === undefined || span.kind === 'finding') return
    if (openKey === null || itemOf(span, known.items)?.key !== openKey) return
    actions.hover(fieldAt(span, known.items, found!.byte)?.path ?? null)
  }
  const leave = () => {
    if (pointed === null) return
    setPointed(null)
    actions.hover(null)
  }

  const at = pointed ?? (hasFocus ? { step: stopStep, byte: null } : null)
  const shown = at && markOf(at.step, lanes, marks)
  const field = shown === null || at === null || at.byte === null ? null : fieldIn(shown, at.byte)
  function fieldIn({ spans: [span, ...more] }: Mark<Span>, byte: number) {
    if (more.length > 0 || span.kind === 'finding') return null
    return fieldAt(span, known.items, byte)
  }

  const keys = keysOf(state)
  const drawing = useMemo(
    () => (
      <Picture
        {...{ lanes, marks, view, width, known, stop, selected, openKey, hovered }}
        patterns={`map-${index}`}
      />
    ),
    [lanes, marks, view, width, known, stop, selected, openKey, hovered, index],
  )

  return (
    <div class="region" data-base={base} data-size={size}>
      <div class="region-head">
        <h3>{title}</h3>
        <p>
          <code>
            {base} to {hexadecimal(Number(base) + size)}
          </code>{' '}
          {shortSize(size)}
          <span class="scale">one pixel is {scaleText((view.end - view.start) / width)}</span>
        </p>
        <Toolbar title={title} zoom={state.zoomBy} pan={state.panBy} showAll={state.showAll} />
      </div>
      <div ref={box} class="region-box">
        <Overview lanes={lanes} size={size} view={view} width={width} move={move} />
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset. */}
        <svg
          ref={picture}
          class={isWhole(view, size) ? 'picture' : 'picture zoomed'}
          role="group"
          aria-label={`Map of the ${title}`}
          viewBox={`${-PAD} ${above} ${width + 2 * PAD} ${HEIGHT - above}`}
          data-start={view.start}
          data-end={view.end}
          data-width={width}
          onFocusIn={({ target }) => {
            focus.onFocusIn()
            const hit = targetOf(target)
            const mark = hit && marks[hit.lane][hit.index]
            if (hit !== null && mark) goTo(stepTo(mark, hit.lane, lanes))
          }}
          onFocusOut={focus.onFocusOut}
          onKeyDown={keys}
          onClick={(event) => {
            const found = under(event)
            if (found !== null) open(found.mark)
          }}
          onPointerMove={point}
          onPointerLeave={leave}
        >
          {drawing}
        </svg>
      </div>
      <Readout reading={shown && reading(shown, known, field)} />
    </div>
  )
}

function scaleText(bytes: number): string {
  return bytes >= 1 ? shortSize(bytes) : `1/${Math.round(1 / bytes)} B`
}
