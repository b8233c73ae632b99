// SPDX-License-Identifier: MIT
// A decoded value as people read it: a line for each field, a table for each array of records.

import type { Decoded } from '../../items/decoder.js'
import { type Column, columns } from './columns.js'
import { printable, type Style } from './style.js'
import {
  type Fields,
  fieldText,
  inlineText,
  isExplained,
  isFields,
  isInline,
  ownFields,
} from './values.js'

/** Wider tables are written record by record. */
const WIDEST = 132

export function decodedText(value: Decoded, style: Style, indent = ''): string {
  if (isInline(value)) return `${indent}${inlineText(value)}\n`
  if (Array.isArray(value)) {
    const records = value.map((record, index) => ({ label: `[${index}]`, record }))
    return tableText(records, '#', style, indent) ?? listText(records, style, indent)
  }
  return fieldsText(value as Fields, style, indent)
}

function fieldsText(object: Fields, style: Style, indent: string): string {
  const names = ownFields(object)
  const inline = names.filter((name) => isInline(object[name]!))
  const width = Math.max(0, ...inline.map((name) => printable(name).length))
  return names
    .map((name) => {
      const label = printable(name)
      if (inline.includes(name)) {
        return `${indent}${style.dim(label.padEnd(width))}  ${fieldText(object, name)}\n`
      }
      return `${indent}${style.dim(label)}\n${nestedText(object[name]!, style, `${indent}  `)}`
    })
    .join('')
}

/** Records that have names instead of numbers, such as the two sides of a channel, make a table as well. */
function nestedText(value: Decoded, style: Style, indent: string): string {
  if (!isFields(value)) return decodedText(value, style, indent)
  const records = Object.entries(value).map(([label, record]) => ({ label, record }))
  const table = records.length > 1 ? tableText(records, '', style, indent) : null
  return table ?? decodedText(value, style, indent)
}

interface Labelled {
  readonly label: string
  readonly record: Decoded
}

interface Row {
  readonly label: string
  readonly record: Fields
}

/** A line for each record, or else a column; null where they are no flat records, or do not fit. */
function tableText(
  records: readonly Labelled[],
  title: string,
  style: Style,
  indent: string,
): string | null {
  if (!records.every(isFlat)) return null
  const rows = records as readonly Row[]
  const names = [...new Set(rows.flatMap(({ record }) => ownFields(record)))]
  const across = names.map((name) => columnOf(name, rows))
  if (!countsRows(rows, names)) {
    across.unshift({ title, cell: ({ label }) => printable(label) })
  }
  const down: Column<string>[] = [
    { title: '', cell: printable },
    ...rows.map(({ label, record }) => ({
      title: printable(label),
      cell: (name: string) => cellText(record, name),
    })),
  ]
  const text = fitting(rows, across, style, indent) ?? fitting(names, down, style, indent)
  return text?.replace(/^(?=.)/gm, indent) ?? null
}

/** Null where the table would be too wide. */
function fitting<T>(
  rows: readonly T[],
  table: readonly Column<T>[],
  style: Style,
  indent: string,
): string | null {
  const widths = table.map(({ title, cell }) =>
    rows.reduce((width, row) => Math.max(width, cell(row).length), title.length),
  )
  const width = widths.reduce((sum, column) => sum + column + 2, indent.length)
  return width > WIDEST ? null : columns(rows, table, style)
}

function isFlat({ record }: Labelled): boolean {
  return isFields(record) && Object.values(record).every(isInline)
}

function columnOf(name: string, rows: readonly Row[]): Column<Row> {
  const cell = ({ record }: Row) => cellText(record, name)
  const numbers = rows.every(
    ({ record }) => typeof (record[name] ?? 0) === 'number' && !isExplained(record, name),
  )
  return { title: printable(name), cell, ...(numbers ? { align: 'right' } : {}) }
}

function cellText(record: Fields, name: string): string {
  return name in record ? fieldText(record, name) : ''
}

/** Whether a column tells already which record a line is. */
function countsRows(rows: readonly Row[], names: readonly string[]): boolean {
  return names.some(
    (name) => name === 'index' || rows.every(({ record }, row) => record[name] === row),
  )
}

function listText(records: readonly Labelled[], style: Style, indent: string): string {
  return records
    .map(({ label, record }) => {
      if (isInline(record)) return `${indent}${style.dim(label)}  ${inlineText(record)}\n`
      return `${indent}${style.dim(label)}\n${decodedText(record, style, `${indent}  `)}`
    })
    .join('')
}
