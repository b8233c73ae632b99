// SPDX-License-Identifier: MIT
// The lower lane: items, in the colour of their host, free space between those that grow up and those that grow down, and
// what may not be touched. Marks that stand for several items carry how many.

import type { MapSpan } from '../../inspect/page.js'
import { hostColor } from '../shell/palette.js'
import { itemsIn, type Span } from './lanes.js'
import { MarkButton, unspoken } from './mark.js'
import type { Mark } from './marks.js'
import { type Known, shortName, shortSize } from './naming.js'
import { apart, fitting, rows } from './plan.js'

export interface LaneProps {
  readonly marks: readonly Mark<MapSpan>[]
  readonly known: Known
  readonly isStop: (mark: Mark<Span>) => boolean
  readonly isSelected: (mark: Mark<Span>) => boolean
}

export interface ContentsProps extends LaneProps {
  /** Of the picture's own patterns. */
  readonly patterns: string
  /** Whether free space is eaten up from its end, too. */
  readonly isTwoSided: (free: MapSpan) => boolean
}

const { y, height } = rows.contents
const middle = y + height / 2

export function Contents(props: ContentsProps) {
  const { marks, known, isStop, isSelected } = props
  return (
    <g class="contents">
      {marks.map((mark, index) => (
        <MarkButton
          key={`${mark.spans[0].kind}${mark.spans[0].offset}`}
          mark={mark}
          lane="contents"
          index={index}
          known={known}
          isStop={isStop(mark)}
          isSelected={isSelected(mark)}
          class={classOf(mark)}
          color={colorOf(mark)}
        >
          <Shape mark={mark} {...props} />
        </MarkButton>
      ))}
      <g {...unspoken}>
        {marks.map((mark) => (
          <Name key={`${mark.spans[0].kind}${mark.spans[0].offset}`} mark={mark} known={known} />
        ))}
      </g>
      <Counts marks={marks} />
    </g>
  )
}

function Shape({ mark, patterns, isTwoSided }: ContentsProps & { mark: Mark<MapSpan> }) {
  const { x, width, spans } = mark
  const [first] = spans
  const area = { x, y, width, height }
  const kind = shapeOf(mark)
  if (kind === 'free') return <Free mark={mark} isTwoSided={isTwoSided(first)} />
  const isCached = spans.every(({ side }) => side === 'cached')
  return (
    <>
      <rect class="fill" {...area} />
      {(kind === 'hole' || isCached) && (
        <rect
          class="pattern"
          {...area}
          fill={`url(#${patterns}-${kind === 'hole' ? 'hole' : 'cached'})`}
        />
      )}
    </>
  )
}

function Free({ mark, isTwoSided }: { mark: Mark<MapSpan>; isTwoSided: boolean }) {
  const { x, width } = mark
  const end = x + width
  return (
    <>
      <rect class="fill" x={x} y={y} width={width} height={height} />
      {width > 2 * ARROW && <path class="arrow" d={arrow(x + 5, 1)} />}
      {width > 2 * ARROW && isTwoSided && <path class="arrow" d={arrow(end - 5, -1)} />}
    </>
  )
}

/** Not a part of the button, which is spoken of by its whole name. */
function Name({ mark, known }: Pick<ContentsProps, 'known'> & { mark: Mark<MapSpan> }) {
  const { x, width, spans } = mark
  const [span, ...more] = spans
  if (more.length > 0) return null
  const { text, dy } =
    span.kind === 'free'
      ? freeText(shortSize(span.size), width)
      : { text: fitting(shortName(span, known), width), dy: 4 }
  if (text === null) return null
  return (
    <text class={`name is-${span.kind}`} x={x + width / 2} y={middle + dy}>
      {text}
    </text>
  )
}

/** Between the arrows, or below them. */
function freeText(size: string, width: number): { text: string | null; dy: number } {
  const texts = [`free · ${size}`, size]
  const beside = texts.find((text) => fitting(text, width - 2 * ARROW) === text)
  const below = texts.find((text) => fitting(text, width) === text)
  return beside === undefined
    ? { text: below ?? null, dy: height / 2 - 8 }
    : { text: beside, dy: 4 }
}

/** How far the arrows reach in that say where a heap grows, with the space around them. */
const ARROW = 18

function arrow(x: number, way: 1 | -1): string {
  const tip = x + way * 9
  return `M${x} ${middle}H${tip}M${tip - way * 4} ${middle - 4}L${tip} ${middle}L${tip - way * 4} ${middle + 4}`
}

function Counts({ marks }: { marks: readonly Mark<MapSpan>[] }) {
  const labels = marks
    .filter(({ spans }) => spans.length > 1)
    .map((mark) => ({ x: mark.x + mark.width / 2, count: itemsIn(mark).length }))
    .filter(({ count }) => count > 1)
    .map(({ x, count }) => ({ x, text: `×${count}` }))
  return (
    <g class="counts" {...unspoken}>
      {apart(labels).map(({ x, text }) => (
        <text key={x} x={x} y={rows.counts.y + 9.5}>
          {text}
        </text>
      ))}
    </g>
  )
}

/** What a mark is drawn as: an item, where it stands for one. */
function shapeOf(mark: Mark<MapSpan>): MapSpan['kind'] {
  return itemsIn(mark).length > 0 ? 'item' : mark.spans[0].kind
}

function classOf(mark: Mark<MapSpan>): string {
  return `${shapeOf(mark)}${mark.spans.length > 1 ? ' is-several' : ''}`
}

function colorOf(mark: Mark<MapSpan>): string {
  if (mark.spans[0].kind === 'hole') return 'var(--map-plain)'
  const hosts = new Set(mark.spans.map(({ host }) => host))
  const [host = null] = hosts
  return hosts.size === 1 ? hostColor(host) : 'var(--map-plain)'
}
