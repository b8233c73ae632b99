// SPDX-License-Identifier: MIT
// One region: its name, its buttons, the overview, the picture, and the line that says what is pointed at.

import { useMemo, useRef } from 'preact/hooks'
import type { MapRegion } from '../../inspect/page.js'
import { useStore } from '../store.js'
import { useFocusKept } from './focus.js'
import { isWhole, offsetAt, panned, zoomed } from './geometry.js'
import { useGestures } from './gestures.js'
import { keysOf } from './keys.js'
import type { FoundSpan } from './lanes.js'
import { hexadecimal, type Known, reading, shortSize } from './naming.js'
import { Overview } from './overview.js'
import { Picture } from './picture.js'
import { HEIGHT, NO_FINDINGS, PAD } from './plan.js'
import { targetOf } from './pointing.js'
import { Readout } from './readout.js'
import { Toolbar } from './toolbar.js'
import { usePointer } from './use-pointer.js'
import { useRegion } from './use-region.js'
import { usePrinting, useWidth } from './use-view.js'
import { stepTo } from './walk.js'

interface RegionProps {
  readonly region: MapRegion
  readonly findings: readonly FoundSpan[]
  readonly items: Known['items']
  readonly hosts: Known['hosts']
  readonly title: string
  readonly index: number
}

export function Region({ region, findings, items, hosts, title, index }: RegionProps) {
  const { base, size } = region
  const known = useMemo(() => ({ base, items, hosts }), [base, items, hosts])
  const box = useRef<HTMLDivElement>(null)
  const picture = useRef<SVGSVGElement>(null)
  const isPrinting = usePrinting()
  const width = useWidth(box, isPrinting) - 2 * PAD
  const above = findings.length === 0 ? NO_FINDINGS : 0
  const state = useRegion({ region, findings, known, width, isPrinting })
  const { view, move, lanes, marks, stop, selected } = state
  const openKey = useStore((store) => store.selected)
  const hovered = useStore((store) => store.hovered)
  const pointer = usePointer({ picture, state, known, width, above, openKey })
  const focus = useFocusKept(picture)

  useGestures(picture, PAD, {
    zoom: (factor, pixel) => {
      if (factor < 1 && isWhole(view, size)) return false
      move((from) => zoomed(from, size, factor, offsetAt(from, width, pixel)))
      return true
    },
    pan: (pixels) => move((from) => panned(from, size, -pixels / width)),
  })

  const noteFocus = ({ target }: FocusEvent) => {
    focus.onFocusIn()
    const hit = targetOf(target)
    const mark = hit && marks[hit.lane][hit.index]
    if (hit !== null && mark && mark !== stop) state.goTo(stepTo(mark, hit.lane, lanes))
  }
  const handleKey = keysOf(state)
  const shown = pointer.mark ?? (focus.hasFocus ? stop : null)

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
          </code>
          <span class="extent">{shortSize(size)}</span>
          <span class="scale">one pixel is {scaleText((view.end - view.start) / width)}</span>
        </p>
        <Toolbar title={title} zoom={state.zoomBy} pan={state.panBy} showAll={state.showAll} />
      </div>
      {/* Heard here and not by the drawing, which would become a stop of the Tab key. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset. */}
      <div
        ref={box}
        role="group"
        aria-label={`Map of the ${title}`}
        onFocusIn={noteFocus}
        onFocusOut={focus.onFocusOut}
        onKeyDown={(event) => {
          pointer.leave()
          handleKey(event)
        }}
        onClick={(event) => {
          const mark = pointer.under(event)
          if (mark !== null) state.open(mark)
        }}
        onPointerMove={pointer.move}
        onPointerLeave={pointer.leave}
      >
        <Overview lanes={lanes} size={size} view={view} width={width} move={move} />
        <svg
          ref={picture}
          role="presentation"
          class={isWhole(view, size) ? 'picture' : 'picture zoomed'}
          viewBox={`${-PAD} ${above} ${width + 2 * PAD} ${HEIGHT - above}`}
          data-start={view.start}
          data-end={view.end}
          data-width={width}
        >
          {drawing}
        </svg>
      </div>
      <Readout reading={shown && reading(shown, known, pointer.field)} />
    </div>
  )
}

function scaleText(bytes: number): string {
  return bytes >= 1 ? shortSize(bytes) : `1/${Math.round(1 / bytes)} B`
}
