// SPDX-License-Identifier: MIT
// Bytes with the names of the fields that they are: one line for each field, so that an offset and a value can be
// read off without counting. Small fields of one record share a line. Bytes of no field are shown as text.

import type { Decoded } from '../../items/decoder.js'
import type { FieldSpan } from '../../items/dissection.js'
import { asciiText, hexText, offsetText, ROW } from './hexdump.js'
import { printable, type Style } from './style.js'
import { fieldText, inlineText, isFields, isInline } from './values.js'

/** Longer texts stand in the bytes beneath. */
const LONGEST = 60

/** More of them make a line that nobody reads. */
const MOST_FIELDS = 4

/** Bytes that stand together, with the fields that they are; a gap has none. */
interface Stretch {
  readonly offset: number
  size: number
  readonly spans: FieldSpan[]
}

/** One line: bytes at the left, what they are at the right. */
interface Line {
  readonly offset: number
  readonly bytes: string
  /** Before it is coloured: what counts for alignment. */
  readonly width: number
  readonly note: string
}

export function labelledHexdump(
  bytes: Uint8Array,
  fields: readonly FieldSpan[],
  value: Decoded,
  style: Style,
): string {
  const texts = textsByPath(value)
  let hue = 0
  const lines = stretches(bytes.length, fields).flatMap((stretch): Line[] => {
    const { offset, spans } = stretch
    if (spans.length === 0) return plainLines(bytes, stretch, style.dim)
    const paints = spans.map(() => style.hue(hue++))
    const parts = spans.map((span) => hexText(bytes.subarray(span.offset, span.offset + span.size)))
    if (stretch.size > ROW)
      return longLines(bytes, stretch, label(spans, texts, paints), paints[0]!)
    return [
      {
        offset,
        bytes: parts.map((part, i) => paints[i]!(part)).join('  '),
        width: parts.join('  ').length,
        note: label(spans, texts, paints),
      },
    ]
  })
  const width = lines.reduce((most, line) => Math.max(most, line.width), 0)
  const told = fold(lines).map((line) => {
    if (line === null) return '*'
    const room = ' '.repeat(width - line.width)
    return `${offsetText(line.offset)}  ${line.bytes}${room}  ${line.note}`
  })
  return [...told, offsetText(bytes.length), ''].join('\n')
}

/** Every byte in the order of memory; where two fields lie over each other, both. */
function stretches(size: number, fields: readonly FieldSpan[]): Stretch[] {
  const found: Stretch[] = []
  let end = 0
  const gap = (to: number) => {
    if (to > end) found.push({ offset: end, size: to - end, spans: [] })
  }
  for (const span of fields.toSorted((a, b) => a.offset - b.offset)) {
    const last = found.at(-1)
    if (last !== undefined && belongs(last, span)) {
      last.spans.push(span)
      last.size += span.size
    } else {
      gap(span.offset)
      found.push({ offset: span.offset, size: span.size, spans: [span] })
    }
    end = Math.max(end, span.offset + span.size)
  }
  gap(size)
  return found
}

/** Fields of one record of an array share a line as long as they fit. */
function belongs({ offset, size, spans }: Stretch, span: FieldSpan): boolean {
  const [first] = spans
  return (
    first !== undefined &&
    offset + size === span.offset &&
    spans.length < MOST_FIELDS &&
    size + span.size <= ROW &&
    recordOf(first.path) !== null &&
    recordOf(first.path) === recordOf(span.path)
  )
}

/** `pmics[0]` of `pmics[0].model`, `words` of `words[3]`; null for a field of no array. */
function recordOf(path: string): string | null {
  return /^(.*\])\.[^.[]*$/.exec(path)?.[1] ?? /^(.*)\[\d+\]$/.exec(path)?.[1] ?? null
}

type Paint = (text: string) => string

function label(
  spans: readonly FieldSpan[],
  texts: ReadonlyMap<string, string>,
  paints: readonly Paint[],
): string {
  const [first] = spans
  const said = ({ path }: FieldSpan) => shortened(texts.get(path) ?? '')
  const record = recordOf(first!.path)
  if (spans.length === 1 || record === null) {
    return `${paints[0]!(printable(first!.path))} = ${said(first!)}`
  }
  const parts = spans.map((span, i) => {
    const name = span.path.slice(record.length).replace(/^\./, '')
    return `${paints[i]!(printable(name))} = ${said(span)}`
  })
  return `${record === '' ? '' : `${printable(record)}: `}${parts.join(', ')}`
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
}

function longLines(bytes: Uint8Array, stretch: Stretch, note: string, paint: Paint): Line[] {
  const [first, ...rest] = plainLines(bytes, stretch, paint)
  return [{ ...first!, note }, ...rest]
}

function plainLines(bytes: Uint8Array, { offset, size }: Stretch, paint: Paint): Line[] {
  return Array.from({ length: Math.ceil(size / ROW) }, (_, i) => {
    const at = offset + i * ROW
    const row = bytes.subarray(at, Math.min(at + ROW, offset + size))
    const hex = hexText(row)
    return { offset: at, bytes: paint(hex), width: hex.length, note: `|${asciiText(row)}|` }
  })
}

/** Null for lines that repeat the one above, once. */
function fold(lines: readonly Line[]): (Line | null)[] {
  const repeats = (line: Line | undefined, above: Line | undefined) =>
    line !== undefined && line.bytes === above?.bytes && line.note === above.note
  return lines.flatMap((line, i) => {
    if (!repeats(line, lines[i - 1])) return [line]
    return repeats(lines[i - 1], lines[i - 2]) ? [] : [null]
  })
}

/** What is said of each value, by the path that a dissection gives it. */
function textsByPath(value: Decoded): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (part: Decoded, path: string, text: string | null): void => {
    if (isInline(part)) texts.set(path, text ?? inlineText(part))
    if (Array.isArray(part)) {
      part.forEach((element, index) => {
        walk(element, `${path}[${index}]`, null)
      })
    } else if (isFields(part)) {
      for (const [name, field] of Object.entries(part)) {
        const at = path === '' ? name : `${path}.${name}`
        walk(field, at, isInline(field) ? fieldText(part, name) : null)
      }
    }
  }
  walk(value, '', null)
  return texts
}
