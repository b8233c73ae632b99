// SPDX-License-Identifier: MIT
// Results as lines for people: in columns on a terminal, in Markdown on the page. One table for both.

import { type Column, columns } from '#lib/cli/render/columns.js'
import type { Style } from '#lib/cli/render/style.js'
import type { Result, Unit } from './contest.js'
import type { Goal } from './goals.js'

export function table(results: readonly Result[], style: Style): string {
  return columns(results, resultColumns(style), style)
}

/** A table of Markdown, as wide as it is. */
export function markdown<Row>(rows: readonly Row[], table: readonly Column<Row>[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return [
    line(table.map(({ title }) => escaped(title))),
    line(table.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((row) => line(table.map((column) => escaped(column.cell(row))))),
  ].join('')
}

export function resultColumns(style: Style): Column<Result>[] {
  return [
    { title: 'WHAT', cell: ({ name }) => name },
    { title: 'AGAINST', cell: ({ against }) => against },
    { title: 'OURS', align: 'right', cell: ({ ours, unit }) => amount(ours, unit) },
    {
      title: 'THEIRS',
      align: 'right',
      cell: ({ reference, unit }) => (reference === null ? '-' : amount(reference, unit)),
    },
    {
      title: 'RATIO',
      align: 'right',
      cell: ({ ratio }) => (ratio === null ? '-' : times(ratio)),
    },
    {
      title: 'GOAL',
      align: 'right',
      cell: ({ goal, unit }) => (goal === null ? '' : limit(goal, unit)),
    },
    {
      title: 'MET',
      cell: ({ goal, met }) => (goal === null ? '' : verdict(met)),
      paint: (text, { met }) => (met === false ? style.red(text) : style.green(text)),
    },
  ]
}

/** Without its rival a goal cannot be judged. */
export function verdict(met: boolean | null): string {
  return met === null ? '?' : met ? 'yes' : 'NO'
}

export function limit({ by, limit }: Goal, unit: Unit): string {
  if (by === 'ratio') return `<= ${times(limit)}`
  return by === 'above' ? `<= theirs + ${amount(limit, unit)}` : `<= ${amount(limit, unit)}`
}

export function times(ratio: number): string {
  return `${ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)}x`
}

const scales: Record<Unit, readonly (readonly [from: number, name: string])[]> = {
  ns: [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'us'],
    [1, 'ns'],
  ],
  bytes: [
    [1e6, 'MB'],
    [1e3, 'kB'],
    [1, 'B'],
  ],
  share: [[0.01, '%']],
}

/** Three digits or so. */
export function amount(value: number, unit: Unit): string {
  const scale = scales[unit]
  const [from, name] = scale.find(([from]) => value >= from) ?? scale.at(-1)!
  return `${short(value / from)} ${name}`
}

function short(value: number): string {
  if (value === 0) return '0'
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|')
}
