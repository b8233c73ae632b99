// SPDX-License-Identifier: MIT
// What a pointer means: the mark under it, the item that a span belongs to, and the field of the item that a byte is in.

import type { MapSpan, PageItem } from '../../inspect/page.js'
import type { LaneName, Span } from './lanes.js'
import type { ItemField } from './naming.js'

/** The mark that an element is, or is a part of: its lane, and its number there. */
export function targetOf(target: EventTarget | null): { lane: LaneName; index: number } | null {
  const element = target instanceof Element ? target.closest('[data-lane]') : null
  if (element === null) return null
  const { lane, index } = (element as SVGElement).dataset
  return { lane: lane as LaneName, index: Number(index) }
}

/** The item that a span is, or that a finding is about. */
export function itemOf(span: Span, items: readonly PageItem[]): PageItem | null {
  if (span.kind !== 'finding') return span.item === null ? null : (items[span.item] ?? null)
  const { item, host } = span.finding
  if (item === null) return null
  return items.find((each) => each.id === item && each.host === host) ?? null
}

/** The innermost field at `byte` of the region; null where there is none, and for what is no item. */
export function fieldAt(span: MapSpan, items: readonly PageItem[], byte: number): ItemField | null {
  const at = byte - span.offset
  const fields = (itemOf(span, items)?.fields ?? []).filter(({ offset, size }) => {
    return at >= offset && at < offset + size
  })
  return fields.sort((a, b) => a.size - b.size)[0] ?? null
}
