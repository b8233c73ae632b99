// SPDX-License-Identifier: MIT
// The live screen of `watch`: what the heaps have left, then every item with its fields; what has just changed is
// marked and bright. Where not everything fits, what has changed at all goes first.

import { hostName } from '../../data/hosts.js'
import type { BoardField, BoardRow, BoardSpace, WatchBoard } from '../../inspect/watch/board.js'
import { eventText, scalarText } from './event.js'
import { highlight, type Line, type Size } from './screen.js'
import { printable, type Style } from './style.js'

export interface WatchScene {
  readonly source: string
  /** Milliseconds. */
  readonly interval: number
  readonly samples: number
}

/** What has changed stays bright for so long, ms: people have to see it. */
const BRIGHT = 1000

export function watchLines(
  board: WatchBoard,
  { source, interval, samples }: WatchScene,
  { rows }: Size,
  style: Style,
): Line[] {
  const time = new Date(board.now).toTimeString().slice(0, 8)
  const bright = Math.max(BRIGHT, interval)
  const head: Line[] = [
    [
      [printable(source), style.bold],
      [`  every ${interval} ms, ${samples} samples, ${time}; Ctrl-C ends`],
    ],
    [[`free: ${board.spaces.map(spaceText).join(', ') || 'unknown'}`]],
    ...board.notes.map((note): Line => [[eventText(note), style.red]]),
    [],
  ]
  const table = tableOf(board, bright, style)
  const room = rows - head.length - table.titles.length
  const all = table.blocks.reduce((sum, { head, fields }) => sum + head.length + fields.length, 0)
  const sorted = all > room ? changedFirst : inOrder
  const lines = sorted(table.blocks).flatMap(({ head, fields }) => {
    return [...head, ...sorted(fields).map(({ line }) => line)]
  })
  const shown = all > room ? lines.slice(0, Math.max(0, room - 1)) : lines
  const left = all - shown.length
  const more: Line[] = left === 0 ? [] : [[[`... ${left} more lines`, style.dim]]]
  return [...head, ...table.titles, ...shown, ...more]
}

/** What may have to give way where there is little room: `changed` says whether it ever has. */
interface Entry {
  readonly changed: boolean
}

interface Block extends Entry {
  readonly head: readonly Line[]
  readonly fields: readonly (Entry & { readonly line: Line })[]
}

function inOrder<T extends Entry>(entries: readonly T[]): readonly T[] {
  return entries
}

function changedFirst<T extends Entry>(entries: readonly T[]): readonly T[] {
  return [...entries].sort((a, b) => Number(b.changed) - Number(a.changed))
}

function tableOf(board: WatchBoard, bright: number, style: Style) {
  const rows = board.rows
  const cells = rows.map((row) => cellsOf(row, board.now))
  const widths = TITLES.map((title, c) =>
    cells.reduce((width, line) => Math.max(width, line[c]!.length), title.length),
  )
  const padded = (line: readonly string[]) =>
    line.map((text, c) => (LEFT.has(c) ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)))
  const titles: Line[] = [[[`  ${padded(TITLES).join('  ')}`, style.bold]]]
  const blocks = rows.map((row, r): Block => {
    const hot = isHot(row.changed, board.now, bright)
    const text = `${hot ? '*' : ' '} ${padded(cells[r]!).join('  ')}`
    const paint = row.gone ? style.dim : hot ? highlight(style) : undefined
    const error: Line[] = row.error === null ? [] : [[[`      ${printable(row.error)}`, style.red]]]
    const fields = [...row.fields.values()].map((field) => {
      const line = fieldLine(field, isHot(field.changed, board.now, bright), style)
      return { changed: field.changed !== null, line }
    })
    return { changed: row.changed !== null, head: [[[text, paint]], ...error], fields }
  })
  return { titles, blocks }
}

const TITLES = ['ID', 'NAME', 'HOST', 'SIZE', 'CHANGES', 'PER S', 'LAST'] as const
/** Columns of text. */
const LEFT: ReadonlySet<number> = new Set([1, 2])

function cellsOf(row: BoardRow, now: number): string[] {
  const { item, changes, changed, gone } = row
  return [
    String(item.id),
    item.name ?? '-',
    placeName(item.host),
    String(item.size),
    changes === 0 ? '' : String(changes),
    changes === 0 ? '' : row.rate(now).toFixed(1),
    gone ? 'gone' : changed === null ? '' : `${Math.round((now - changed) / 1000)} s ago`,
  ]
}

function fieldLine(field: BoardField, hot: boolean, style: Style): Line {
  const { path, value, before } = field
  const was = before === undefined ? '' : `  was ${scalarText(before)}`
  return [
    [`${hot ? '*' : ' '}     ${printable(path)}: `],
    [scalarText(value), hot ? highlight(style) : undefined],
    [was, style.dim],
  ]
}

function isHot(changed: number | null, now: number, bright: number): boolean {
  return changed !== null && now - changed < bright
}

function spaceText({ host, free, rate }: BoardSpace): string {
  const pace = rate > 0 ? ` (-${Math.ceil(rate)} B/s)` : ''
  return `${placeName(host)} ${free}${pace}`
}

function placeName(host: number | null): string {
  return host === null ? 'global' : (hostName(host) ?? `host ${host}`)
}
