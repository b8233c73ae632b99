// SPDX-License-Identifier: MIT
// The rows of the item table. The name of an item is a link to it; arrow keys move between the links, Enter opens.
// Rows out of sight are not drawn, and row numbers tell assistive technology where the drawn ones stand.

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PageData, PageItem } from '../../inspect/page.js'
import { heapText, hostText, itemTitle, shortSize, titleParts } from '../item/labels.js'
import { visible } from '../item/text.js'
import { hostColor } from '../shell/palette.js'
import type { Finding } from './findings.js'
import { nextOrder, type Order, type SortColumn } from './order.js'
import { rowWindow } from './window.js'

/** As in items.css, pixels. */
const ROW_HEIGHT = 30

interface ItemRowsProps {
  readonly items: readonly PageItem[]
  readonly hosts: PageData['hosts']
  readonly findings: ReadonlyMap<string, Finding[]>
  readonly selected: string | null
  readonly order: Order | null
  readonly onOrder: (order: Order | null) => void
  /** Draws every row. */
  readonly whole: boolean
}

const columns: readonly (readonly [SortColumn, string])[] = [
  ['id', 'Id'],
  ['name', 'Name'],
  ['host', 'Host'],
  ['heap', 'Heap'],
  ['address', 'Address'],
  ['size', 'Size'],
  ['decoder', 'Decoder'],
  ['trouble', 'Trouble'],
]

export function ItemRows(props: ItemRowsProps) {
  const { items, selected, order, onOrder, whole } = props
  const box = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ top: 0, height: 800 })
  const [stop, setStop] = useState<string | null>(null)
  const look = () => {
    if (box.current === null) return
    const { scrollTop: top, clientHeight: height } = box.current
    setSight((old) => (old.top === top && old.height === height ? old : { top, height }))
  }
  // The browser scrolls a table that has become shorter.
  useLayoutEffect(look, [items.length])
  const all = { first: 0, end: items.length, above: 0, below: 0 }
  const drawn = whole ? all : rowWindow(items.length, ROW_HEIGHT, sight.top, sight.height)
  const rows = items.slice(drawn.first, drawn.end)
  const keys = items.map(({ key }) => key)
  // Of the rows that are drawn: the Tab key must find one wherever the table was scrolled to.
  const inSight = rows[Math.floor(sight.top / ROW_HEIGHT) - drawn.first] ?? rows[0]
  const reached =
    [stop, selected].find((key) => rows.some((row) => row.key === key)) ?? inSight?.key
  const go = (event: KeyboardEvent) => {
    const at = nextRow(event, keys.indexOf(stop ?? ''), keys.length)
    if (at === null || box.current === null) return
    event.preventDefault()
    setStop(keys[at]!)
    bringIntoSight(box.current, at)
    look()
    // It may be drawn only now.
    requestAnimationFrame(() => linkOf(box.current, keys[at]!)?.focus({ preventScroll: true }))
  }
  return (
    <div class="items-box" ref={box} onScroll={look}>
      <table class="items" aria-rowcount={items.length + 1}>
        <caption class="sr-only">Items</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(([column, title]) => (
              <th
                key={column}
                scope="col"
                class={`items-${column}`}
                aria-sort={sortOf(order, column)}
              >
                <button type="button" onClick={() => onOrder(nextOrder(order, column))}>
                  {title}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={go} onFocusIn={({ target }) => setStop(keyAt(target))}>
          <Spacer height={drawn.above} />
          {rows.map((item, i) => (
            <ItemRow
              key={item.key}
              {...props}
              item={item}
              number={drawn.first + i + 2}
              reached={item.key === reached}
            />
          ))}
          <Spacer height={drawn.below} />
        </tbody>
      </table>
      {items.length === 0 && <p class="items-none">No items.</p>}
    </div>
  )
}

/** Heights are set by script: the page's policy allows no style attributes. */
function Spacer({ height }: { height: number }) {
  if (height === 0) return null
  return (
    <tr>
      <td colSpan={columns.length} class="items-spacer" style={{ height: `${height}px` }} />
    </tr>
  )
}

interface ItemRowProps extends ItemRowsProps {
  readonly item: PageItem
  /** Among all rows of the table, from 1. */
  readonly number: number
  readonly reached: boolean
}

function ItemRow({ item, number, reached, hosts, findings, selected }: ItemRowProps) {
  const { key, id, host, address, size, decoder, error, undecoded } = item
  const found = findings.get(key)?.length ?? 0
  const troubles = [
    error?.code,
    undecoded !== null && 'not decoded',
    found > 0 && `${found} ${found === 1 ? 'finding' : 'findings'}`,
  ].filter(Boolean)
  const isOpen = key === selected
  const title = itemTitle(item)
  const [stem, tail] = titleParts(title)
  return (
    <tr
      data-key={key}
      aria-rowindex={number}
      class={[isOpen && 'open', troubles.length > 0 && 'troubled'].filter(Boolean).join(' ')}
    >
      <td class="items-id">{id ?? '–'}</td>
      <th scope="row" class="items-name" title={title}>
        <a
          href={`#item=${encodeURIComponent(key)}`}
          tabIndex={reached ? 0 : -1}
          // In two boxes it would be read as two words.
          aria-label={tail === '' ? undefined : title}
          aria-current={isOpen ? 'true' : undefined}
        >
          <span class="items-stem">{stem}</span>
          {tail !== '' && <span>{tail}</span>}
        </a>
      </th>
      <td class="items-host">
        <span class="items-dot" style={{ background: hostColor(host) }} />
        {hostText(host, hosts)}
      </td>
      <td class="items-heap">{heapText(item)}</td>
      <td class="items-address">{address ?? '–'}</td>
      <td class="items-size" title={size === null ? undefined : `${size} bytes`}>
        {size === null ? '–' : shortSize(size)}
      </td>
      <td class="items-decoder">{visible(decoder ?? '')}</td>
      <td class="items-trouble">{troubles.join(', ')}</td>
    </tr>
  )
}

function sortOf(order: Order | null, column: SortColumn) {
  if (order?.column !== column) return 'none'
  return order.descending ? 'descending' : 'ascending'
}

const PAGE = 15

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + PAGE,
  PageUp: (at) => at - PAGE,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Null for other keys. */
function nextRow(event: KeyboardEvent, at: number, count: number): number | null {
  const step = steps[event.key]
  if (step === undefined || count === 0) return null
  return Math.min(Math.max(step(at, count), 0), count - 1)
}

/** Below the table's head, which stays in sight. */
function bringIntoSight(box: HTMLElement, row: number): void {
  const head = box.querySelector('thead')?.clientHeight ?? 0
  const top = row * ROW_HEIGHT
  const seen = box.clientHeight - head - ROW_HEIGHT
  if (top < box.scrollTop) box.scrollTop = top
  else if (top > box.scrollTop + seen) box.scrollTop = top - seen
}

function keyAt(target: EventTarget | null): string | null {
  return (target as Element | null)?.closest<HTMLElement>('tr')?.dataset.key ?? null
}

function linkOf(box: Element | null, key: string): HTMLElement | null {
  return box?.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(key)}"] a`) ?? null
}
