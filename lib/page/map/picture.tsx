// SPDX-License-Identifier: MIT
// The drawing of one view of a region, from its ground up. It knows nothing of pointers and keys.

import type { MapSpan } from '../../inspect/page.js'
import { Contents } from './contents.js'
import { Fields } from './fields.js'
import { Findings } from './findings.js'
import { pixelAt, type View } from './geometry.js'
import type { Lanes, Span } from './lanes.js'
import { unspoken } from './mark.js'
import { isInView, type Mark } from './marks.js'
import type { Known } from './naming.js'
import { type RegionMarks, rows } from './plan.js'
import { Ruler } from './ruler.js'
import { Structures } from './structures.js'

export interface PictureProps {
  readonly lanes: Lanes
  readonly marks: RegionMarks
  readonly view: View
  readonly width: number
  readonly known: Known
  readonly patterns: string
  /** The mark that the Tab key comes to. */
  readonly stop: Mark<Span> | null
  /** The item that is open, where it is in this region, its key, and the field of it that is pointed at. */
  readonly selected: MapSpan | null
  readonly openKey: string | null
  readonly hovered: string | null
}

export function Picture(props: PictureProps) {
  const { lanes, marks, view, width, known, patterns, stop, selected, openKey, hovered } = props
  const isStop = (mark: Mark<Span>) => mark === stop
  const isSelected = (mark: Mark<Span>) => mark.spans.some((span) => span === selected)
  const isTwoSided = ({ offset }: MapSpan) =>
    lanes.structures.some((span) => {
      return span.kind === 'partition' && offset >= span.offset && offset < span.offset + span.size
    })
  const lane = { known, isStop, isSelected }
  return (
    <>
      <Patterns name={patterns} />
      <Structures marks={marks.structures} {...lane} />
      <Sides spans={lanes.sides} view={view} width={width} />
      <Ruler view={view} width={width} base={Number(known.base)} />
      <Contents marks={marks.contents} {...lane} patterns={patterns} isTwoSided={isTwoSided} />
      <Fields {...{ marks: marks.contents, view, width, known, hovered }} selected={openKey} />
      {selected !== null && isInView(selected, view) && (
        <Selection span={selected} view={view} width={width} />
      )}
      <Findings marks={marks.findings} known={known} isStop={isStop} />
    </>
  )
}

interface Drawn {
  readonly view: View
  readonly width: number
}

/** What the heaps of a partition have taken of it, from its two ends. */
function Sides({ spans, view, width }: Drawn & { spans: readonly MapSpan[] }) {
  const { y, height } = rows.contents
  return (
    <g class="sides" {...unspoken}>
      {spans
        .filter((span) => isInView(span, view))
        .map(({ offset, size, side }) => {
          const x = Math.max(pixelAt(view, width, offset), 0)
          const end = Math.min(pixelAt(view, width, offset + size), width)
          return (
            <rect
              key={offset}
              {...{ x, y, height, width: end - x }}
              data-kind="heap"
              data-side={side}
              data-offset={offset}
              data-size={size}
            />
          )
        })}
    </g>
  )
}

const LEAST = 4

function Selection({ span, view, width }: Drawn & { span: MapSpan }) {
  const { y, height } = rows.contents
  const x = Math.max(pixelAt(view, width, span.offset), 0)
  const end = Math.min(pixelAt(view, width, span.offset + span.size), width)
  const room = Math.max(end - x, LEAST)
  const middle = x + room / 2
  return (
    <g class="selection" {...unspoken}>
      <rect x={x - 1.5} y={y - 1.5} width={room + 3} height={height + 3} rx={2} />
      <path d={`M${middle - 6} ${y + height + 10}h12l-6 -8Z`} />
    </g>
  )
}

/** Slanted lines on what is cached, crossed ones on what may not be touched. */
function Patterns({ name }: { name: string }) {
  const tile = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' }
  return (
    <defs>
      <pattern id={`${name}-cached`} {...tile} patternTransform="rotate(45)">
        <path class="cached-line" d="M0 0V6" />
      </pattern>
      <pattern id={`${name}-hole`} {...tile} patternTransform="rotate(45)">
        <path class="hole-line" d="M0 0V6M0 0H6" />
      </pattern>
    </defs>
  )
}
