// SPDX-License-Identifier: MIT
// Marks on the screen what has just changed: rows of items, bytes of the hexdump and decoded fields, by the data
// attributes that they carry. The style sheet lets marks flash once, or stand still where motion is not wanted.

import type { PageData, PageItem } from '../../inspect/page.js'

/** As long as in live.css. */
const LASTS = 1600

const timers = new WeakMap<Element, number>()
let turn = 0

export interface Changes {
  readonly changed: readonly string[]
  readonly page: PageData
}

/** Call when the page has been drawn. `selected`: key of the item whose bytes are on the screen. */
export function flash(
  { changed, page }: Changes,
  before: PageData | null,
  selected: string | null,
) {
  // Another name each time: the same one would not start the animation again.
  turn = 1 - turn
  const rows = new Set(changed)
  mark('tr[data-key]', ({ key }) => rows.has(key ?? ''))
  if (selected === null || !rows.has(selected)) return
  const find = ({ items }: PageData) => items.find(({ key }) => key === selected)
  const [was, is] = [before === null ? undefined : find(before), find(page)]
  if (is === undefined) return
  const bytes = changedOffsets(was, is)
  const fields = new Set(
    is.fields.filter(({ offset, size }) => touches(bytes, offset, size)).map(({ path }) => path),
  )
  mark('article.item .hexdump [data-offset]', ({ offset }) => bytes.has(Number(offset)))
  mark('article.item .fields [data-path]:not([data-path] *)', ({ path }) => fields.has(path ?? ''))
}

function mark(selector: string, wanted: (data: DOMStringMap) => boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    if (!wanted(element.dataset)) continue
    window.clearTimeout(timers.get(element))
    element.dataset.changed = String(turn)
    timers.set(
      element,
      window.setTimeout(() => delete element.dataset.changed, LASTS),
    )
  }
}

function changedOffsets(was: PageItem | undefined, is: PageItem): Set<number> {
  const [before, now] = [atob(was?.bytes ?? ''), atob(is.bytes ?? '')]
  const offsets = new Set<number>()
  for (let i = 0; i < now.length; i++) {
    if (before.charCodeAt(i) !== now.charCodeAt(i)) offsets.add(i)
  }
  return offsets
}

function touches(bytes: ReadonlySet<number>, offset: number, size: number): boolean {
  for (let i = offset; i < offset + size; i++) if (bytes.has(i)) return true
  return false
}
