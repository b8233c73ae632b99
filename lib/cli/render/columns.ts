// SPDX-License-Identifier: MIT
// Aligned columns without borders, which grep and awk can read.

import type { Style } from './style.js'

export interface Column<Row> {
  readonly title: string
  readonly align?: 'right'
  cell(row: Row): string
  /** Applied after alignment, which counts characters. */
  paint?(text: string, row: Row): string
}

/** One line for the titles and one for each row; nothing after the last column. */
export function columns<Row>(
  rows: readonly Row[],
  table: readonly Column<Row>[],
  style: Style,
): string {
  const cells = rows.map((row) => table.map((column) => column.cell(row)))
  const widths = table.map(({ title }, c) =>
    cells.reduce((width, line) => Math.max(width, line[c]!.length), title.length),
  )
  const padded = (text: string, c: number) => {
    if (table[c]!.align === 'right') return text.padStart(widths[c]!)
    return c === table.length - 1 ? text : text.padEnd(widths[c]!)
  }
  const titles = table.map(({ title }, c) => style.bold(padded(title, c)))
  const lines = cells.map((line, r) =>
    line.map((text, c) => table[c]!.paint?.(padded(text, c), rows[r]!) ?? padded(text, c)),
  )
  return [titles, ...lines].map((line) => `${line.join('  ').trimEnd()}\n`).join('')
}

/** `name: value` lines with the values in one column. */
export function facts(
  rows: readonly (readonly [name: string, value: string])[],
  style: Style,
): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${style.bold(name.padEnd(width))}  ${value}\n`).join('')
}
