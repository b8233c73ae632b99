// SPDX-License-Identifier: MIT
// Findings at the places that they are about: a diamond for an error, a triangle for a warning, and a line down through
// what is wrong.

import { type FoundSpan, isSevere, type Span } from './lanes.js'
import { MarkButton, unspoken } from './mark.js'
import type { Mark } from './marks.js'
import type { Known } from './naming.js'
import { body, rows } from './plan.js'

interface FindingsProps {
  readonly marks: readonly Mark<FoundSpan>[]
  readonly known: Known
  readonly isStop: (mark: Mark<Span>) => boolean
}

const { y, height } = rows.findings

export function Findings({ marks, known, isStop }: FindingsProps) {
  return (
    <g class="findings">
      <g {...unspoken}>
        {marks.map((mark) => (
          <path
            key={mark.spans[0].offset}
            class="stem"
            style={{ '--mark': `var(--${severityOf(mark)})` }}
            d={`M${mark.x} ${y + height - 4}V${body.y + body.height}`}
          />
        ))}
      </g>
      {marks.map((mark, index) => {
        const severity = severityOf(mark)
        return (
          <MarkButton
            key={mark.spans[0].offset}
            mark={mark}
            lane="findings"
            index={index}
            known={known}
            isStop={isStop(mark)}
            isSelected={false}
            class={severity}
            color={`var(--${severity})`}
          >
            <path class="sign" d={signs[severity](mark.x)} />
          </MarkButton>
        )
      })}
      <g {...unspoken}>
        {marks.map((mark) => (
          <text key={mark.x} class="sign-text" x={mark.x} y={y + (isSevere(mark) ? 14.5 : 16)}>
            {mark.spans.length > 1 ? mark.spans.length : '!'}
          </text>
        ))}
      </g>
    </g>
  )
}

function severityOf(mark: Mark<FoundSpan>) {
  return isSevere(mark) ? 'error' : 'warning'
}

/** Each points at its place with its lowest part, or stands on it. */
const signs = {
  error: (x: number) => `M${x} ${y + 1}L${x + 10} ${y + 11}L${x} ${y + 21}L${x - 10} ${y + 11}Z`,
  warning: (x: number) => `M${x} ${y + 2}L${x + 10} ${y + 20}H${x - 10}Z`,
}
