// SPDX-License-Identifier: MIT
// A decoded value as the blocks of a page: lists of fields, and tables of records. Every cell knows its path, the
// same that the dissection gives to the bytes it came from, so that the two can point at each other.

import {
  type Fields,
  fieldText,
  inlineText,
  isFields,
  isInline,
  ownFields,
  type Value,
} from './values.js'

export interface FieldLine {
  /** `pmics[2].model`. */
  readonly path: string
  readonly label: string
  readonly text: string
}

export interface FieldList {
  readonly kind: 'list'
  /** Path of the object; empty for the whole value. */
  readonly path: string
  readonly lines: readonly FieldLine[]
}

export interface RecordTable {
  readonly kind: 'table'
  readonly path: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly label: string
    readonly path: string
    /** One for each column; null where this record has no such field. */
    readonly cells: readonly (FieldLine | null)[]
  }[]
}

export type Block = FieldList | RecordTable

/** Records with more fields than that are turned, where there are few of them: a record is a column then. */
const WIDE = 6

export interface Grid {
  /** Of the columns behind the first. */
  readonly heads: readonly string[]
  readonly lines: readonly {
    readonly label: string
    readonly cells: RecordTable['rows'][number]['cells']
  }[]
}

/** The table as it is drawn: as wide or as tall as fits a page best. */
export function gridOf({ columns, rows }: RecordTable): Grid {
  if (columns.length <= WIDE || rows.length >= WIDE) return { heads: columns, lines: rows }
  return {
    heads: rows.map(({ label }) => label),
    lines: columns.map((label, i) => ({ label, cells: rows.map(({ cells }) => cells[i] ?? null) })),
  }
}

/** The lines of an object stand before what is nested in it. */
export function valueBlocks(value: Value, path = ''): Block[] {
  if (isInline(value)) return [{ kind: 'list', path, lines: [line(path, path, inlineText(value))] }]
  const records = recordsOf(value, path)
  const flat = records.every(({ value: record }) => isFlat(record))
  if (flat && (Array.isArray(value) || records.length > 1)) return [recordTable(path, records)]
  if (isFields(value)) return fieldBlocks(value, path)
  return records.flatMap((record) => valueBlocks(record.value, record.path))
}

interface LabelledRecord {
  readonly label: string
  readonly path: string
  readonly value: Value
}

function recordsOf(value: Value, path: string): LabelledRecord[] {
  if (isFields(value)) {
    return Object.entries(value).map(([label, field]) => {
      return { label, path: joined(path, label), value: field }
    })
  }
  return (value as readonly Value[]).map((element, index) => {
    return { label: `[${index}]`, path: `${path}[${index}]`, value: element }
  })
}

function isFlat(value: Value): value is Fields {
  return isFields(value) && Object.values(value).every(isInline)
}

function recordTable(path: string, records: readonly LabelledRecord[]): RecordTable {
  const columns = [...new Set(records.flatMap(({ value }) => ownFields(value as Fields)))]
  const rows = records.map(({ label, path: at, value }) => ({
    label,
    path: at,
    cells: columns.map((name) =>
      name in (value as Fields)
        ? line(joined(at, name), name, fieldText(value as Fields, name))
        : null,
    ),
  }))
  return { kind: 'table', path, columns, rows }
}

function fieldBlocks(object: Fields, path: string): Block[] {
  const names = ownFields(object)
  const inline = names.filter((name) => isInline(object[name]!))
  const nested = names.filter((name) => !inline.includes(name))
  const lines = inline.map((name) => line(joined(path, name), name, fieldText(object, name)))
  const own: Block[] = lines.length === 0 ? [] : [{ kind: 'list', path, lines }]
  return [...own, ...nested.flatMap((name) => valueBlocks(object[name]!, joined(path, name)))]
}

function line(path: string, label: string, text: string): FieldLine {
  return { path, label, text }
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
