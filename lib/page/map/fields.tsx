// SPDX-License-Identifier: MIT
// The decoded fields of items that are large enough on screen to show them, and the one that is pointed at here or in the
// item's own part of the page.

import type { MapSpan } from '../../inspect/page.js'
import { pixelAt, type View } from './geometry.js'
import { unspoken } from './mark.js'
import { isInView, type Mark } from './marks.js'
import type { ItemField, Known } from './naming.js'
import { fitting, rows } from './plan.js'

interface FieldsProps {
  readonly marks: readonly Mark<MapSpan>[]
  readonly view: View
  readonly width: number
  readonly known: Known
  /** Key of the item that is open, and the path in it that is pointed at. */
  readonly selected: string | null
  readonly hovered: string | null
}

/** An item that is narrower shows none, pixels. */
const LEAST_ITEM = 60
const LEAST_FIELD = 3

const height = 18
const y = rows.contents.y + rows.contents.height - height - 2

export function Fields({ marks, view, width, known, selected, hovered }: FieldsProps) {
  return (
    <g class="fields" {...unspoken}>
      {marks.map(({ spans, width: room }) => {
        const [span] = spans
        const item = span.item === null ? undefined : known.items[span.item]
        if (item === undefined || spans.length > 1) return null
        const lit = item.key === selected ? hovered : null
        const shown =
          room < LEAST_ITEM ? item.fields.filter(({ path }) => path === lit) : item.fields
        return shown.map((field) => drawn(field, span.offset, field.path === lit))
      })}
    </g>
  )

  function drawn(field: ItemField, start: number, isLit: boolean) {
    const at = { offset: start + field.offset, size: field.size }
    if (!isInView(at, view)) return null
    const x = Math.max(pixelAt(view, width, at.offset), 0)
    const end = Math.min(pixelAt(view, width, at.offset + at.size), width)
    if (end - x < LEAST_FIELD && !isLit) return null
    const text = fitting(field.path, end - x)
    return (
      <g key={`${at.offset} ${field.path}`} class={isLit ? 'field lit' : 'field'}>
        <rect x={x} y={y} width={Math.max(end - x, LEAST_FIELD)} height={height} />
        {text !== null && (
          <text x={(x + end) / 2} y={y + 12.5}>
            {text}
          </text>
        )}
      </g>
    )
  }
}
