// SPDX-License-Identifier: MIT
// Differences as lines: one for each item, below it the fields, or how many bytes. What memory says is made harmless.

import { hostName } from '../../data/hosts.js'
import type { DiffReport, ItemChange } from '../../inspect/diff.js'
import type { FieldChange, Scalar } from '../../items/flatten.js'
import { printable, type Style } from './style.js'

/** More of one item are for --json. */
const MOST_FIELDS = 64
/** Characters of one value. */
const LONGEST_VALUE = 160

export function diffText({ a, b, heap, items }: DiffReport, style: Style): string {
  if (heap.length === 0 && items.length === 0) return ''
  const lines = [style.red(`--- ${printable(a)}`), style.green(`+++ ${printable(b)}`)]
  if (heap.length > 0) lines.push(style.yellow('~ heap'), ...fieldLines(heap, style))
  for (const item of items) lines.push(itemLine(item, style), ...detailLines(item, style))
  return lines.map((line) => `${line}\n`).join('')
}

function itemLine(change: ItemChange, style: Style): string {
  const { before, after, changes } = change
  const label = itemLabel(change)
  if (before === null) return style.green(`+ ${label}: ${placed(after)}`)
  if (after === null) return style.red(`- ${label}: ${placed(before)}`)
  const told = changes.map((kind) => {
    if (kind === 'moved') return `moved ${before.address ?? '-'} -> ${after.address ?? '-'}`
    return kind === 'resized' ? `resized ${before.size} -> ${after.size}` : kind
  })
  return style.yellow(`~ ${label}: ${told.join(', ')}`)
}

function itemLabel({ id, name, host }: ItemChange): string {
  const of = host === null ? '' : ` of ${hostName(host) ?? `host ${host}`}`
  if (id === null) return `what cannot be walked${of}`
  return name === null ? `item ${id}${of}` : `${name} (${id})${of}`
}

function placed(side: ItemChange['after']): string {
  if (side === null) return ''
  const where = `${side.size ?? '?'} bytes at ${side.address ?? 'no known place'}`
  return side.error === null ? where : `${where}, ${errorText(side.error)}`
}

function detailLines({ before, after, fields, bytes }: ItemChange, style: Style): string[] {
  if (before === null || after === null) return []
  const lines = fieldLines(fields ?? [], style)
  if (before.error !== null || after.error !== null) {
    const text = [before, after].map(({ error }) =>
      error === null ? 'readable' : errorText(error),
    )
    lines.push(`    ${style.red(text[0]!)} -> ${style.green(text[1]!)}`)
  }
  if (bytes !== null && (fields ?? []).length === 0) {
    const { count, first } = bytes
    lines.push(
      `    ${count === 1 ? '1 byte differs' : `${count} bytes differ`}, the first at 0x${first.toString(16)}`,
    )
  }
  return lines
}

function errorText({ code, message }: { code: string; message: string }): string {
  return `${code}: ${printable(message)}`
}

function fieldLines(fields: readonly FieldChange[], style: Style): string[] {
  const byPath = new Map(fields.map((field) => [field.path, field]))
  // The name of a number stands on the number's line.
  const own = fields.filter(({ path }) => !(path.endsWith('Name') && byPath.has(path.slice(0, -4))))
  const lines = own
    .slice(0, MOST_FIELDS)
    .map((field) => fieldLine(field, byPath.get(`${field.path}Name`) ?? null, style))
  const more = own.length - lines.length
  return more === 0 ? lines : [...lines, `    and ${more} more; --json has all of them`]
}

function fieldLine(
  { path, before, after }: FieldChange,
  names: FieldChange | null,
  style: Style,
): string {
  const label = path === '' ? 'value' : printable(path)
  const was = named(before, names?.before ?? null)
  const is = named(after, names?.after ?? null)
  return `    ${style.bold(label)}: ${style.red(was)} -> ${style.green(is)}`
}

/** `8 (MTP)`: a number with its name. */
function named(value: Scalar, name: Scalar): string {
  return name === null ? valueText(value) : `${valueText(value)} (${valueText(name)})`
}

function valueText(value: Scalar): string {
  if (value === null) return '-'
  const text = printable(String(value))
  if (text === '') return '""'
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}...`
}
