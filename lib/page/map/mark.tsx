// SPDX-License-Identifier: MIT
// One mark of a picture: a button that says what it stands for and where that lies, for people and for tests.

import type { ComponentChildren } from 'preact'
import type { LaneName, Span } from './lanes.js'
import { extentOf, type Mark } from './marks.js'
import { type Known, markName } from './naming.js'

/** For what is drawn for the eyes only, or said elsewhere. */
export const unspoken = { 'aria-hidden': 'true' } as const

export interface MarkProps {
  readonly mark: Mark<Span>
  readonly lane: LaneName
  /** Among the marks of its lane. */
  readonly index: number
  readonly known: Known
  /** The one that the Tab key comes to. */
  readonly isStop: boolean
  readonly isSelected: boolean
  readonly class: string
  readonly color: string
  readonly children: ComponentChildren
}

export function MarkButton(props: MarkProps) {
  const { mark, lane, index, known, isStop, isSelected, color, children } = props
  const { offset, size } = extentOf(mark)
  return (
    // biome-ignore lint/a11y/useSemanticElements: HTML's button cannot be part of a drawing.
    <g
      role="button"
      class={`mark is-${props.class}`}
      tabindex={isStop ? 0 : -1}
      aria-label={markName(mark, known)}
      aria-current={isSelected ? 'true' : undefined}
      data-lane={lane}
      data-index={index}
      data-kind={mark.spans[0].kind}
      data-offset={offset}
      data-size={size}
      data-count={mark.spans.length}
      style={{ '--mark': color }}
    >
      {children}
    </g>
  )
}
