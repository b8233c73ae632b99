// SPDX-License-Identifier: MIT
// The upper lane: what a region consists of, each with its name, and its frame around what it holds.

import type { MapSpan } from '../../inspect/page.js'
import { hostColor } from '../shell/palette.js'
import type { LaneProps } from './contents.js'
import { MarkButton, unspoken } from './mark.js'
import type { Mark } from './marks.js'
import { shortName, shortSize } from './naming.js'
import { body, fitting, rows } from './plan.js'

const { y, height } = rows.structures

export function Structures({ marks, known, isStop, isSelected }: LaneProps) {
  return (
    <g class="structures">
      <g {...unspoken}>
        {marks.map(({ spans: [span], x, width }) => (
          <rect
            key={span.offset}
            class={`body is-${span.kind}`}
            style={{ '--mark': colorOf(span) }}
            {...{ x, width, ...body }}
          />
        ))}
      </g>
      {marks.map((mark, index) => (
        <MarkButton
          key={mark.spans[0].offset}
          mark={mark}
          lane="structures"
          index={index}
          known={known}
          isStop={isStop(mark)}
          isSelected={isSelected(mark)}
          class={mark.spans[0].kind}
          color={colorOf(mark.spans[0])}
        >
          <rect class="tab" x={mark.x} y={y} width={mark.width} height={height} />
          <rect class="edge" x={mark.x} y={y} width={mark.width} height={3} />
        </MarkButton>
      ))}
      <g {...unspoken}>
        {marks.map((mark) => (
          <Title key={mark.spans[0].offset} mark={mark} known={known} />
        ))}
      </g>
    </g>
  )
}

function Title({ mark, known }: { mark: Mark<MapSpan>; known: LaneProps['known'] }) {
  if (mark.spans.length > 1) return null
  const [span] = mark.spans
  const name = shortName(span, known)
  const full = `${name} · ${shortSize(span.size)}`
  const text = fitting(full, mark.width) === full ? full : fitting(name, mark.width)
  if (text === null) return null
  return (
    <text class={`title is-${span.kind}`} x={mark.x + mark.width / 2} y={y + 16.5}>
      {text}
    </text>
  )
}

function colorOf({ kind, host }: MapSpan): string {
  return kind === 'partition' || kind === 'heap' ? hostColor(host) : 'var(--map-plain)'
}
