// SPDX-License-Identifier: MIT
// The bytes of an item as a table: offset, sixteen bytes, and what of them is text, in the colours of their fields.
// Pointing at bytes, or reaching them by the arrow keys, lights their field up everywhere. Rows are drawn in blocks,
// and a block again only when something in it is lit or not any more: large items have thousands of rows.

import { Fragment } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { type HexRow, hexRows, ROW, type Segment } from './hex-rows.js'
import type { FieldIndex } from './paths.js'
import { type Pointing, usePointing } from './pointing.js'
import { visible } from './text.js'

const BLOCK = 32
const none: readonly string[] = []

interface HexdumpProps extends Pointing {
  readonly bytes: Uint8Array
  readonly index: FieldIndex
  /** Paths of the fields whose bytes nobody was told; none by default. */
  readonly masked?: readonly string[]
  /** Of the field that is pointed at; null for none. */
  readonly lit: string | null
  /** Rows beyond are left out, until somebody asks for them. */
  readonly most: number
}

export function Hexdump({ bytes, index, masked = none, lit, most, ...pointing }: HexdumpProps) {
  const [shown, setShown] = useState(most)
  const rows = useMemo(() => hexRows(bytes, index.fields, masked), [bytes, index, masked])
  const cut = rows.length > shown
  const blocks = useMemo(() => blocksOf(rows.slice(0, shown)), [rows, shown])
  const litFields = new Set(lit === null ? [] : index.of(lit))
  const { stop, listeners } = usePointing<HTMLTableElement>(
    ({ field }) => index.fields[Number(field)]?.path,
    pointing,
  )
  const stopField = index.fields.findIndex(({ path }) => path === stop)
  const tabStop = stopField < 0 ? firstField(rows) : stopField
  return (
    <table class="hexdump" {...listeners}>
      <caption class="sr-only">
        Hexdump of {bytes.length} bytes{index.fields.length > 0 && ', fields in colour'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Offset</th>
          <th scope="col">Bytes</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      {blocks.map((block) => (
        <HexBlock
          key={block.rows[0]!.offset}
          rows={block.rows}
          index={index}
          lit={block.fields.filter((field) => litFields.has(field)).join()}
          stop={tabStop !== null && block.fields.includes(tabStop) ? tabStop : null}
        />
      ))}
      <tbody class="hexdump-end">
        <tr>
          <th scope="row">{offsetText(cut ? rows[shown]!.offset : bytes.length)}</th>
          <td colSpan={2}>
            {cut ? (
              <>
                {bytes.length - rows[shown]!.offset} bytes more{' '}
                <button type="button" onClick={() => setShown(shown + most)}>
                  Show more
                </button>
              </>
            ) : (
              'end'
            )}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

interface Block {
  readonly rows: readonly HexRow[]
  /** Fields that have bytes in it. */
  readonly fields: readonly number[]
}

function blocksOf(rows: readonly HexRow[]): Block[] {
  return Array.from({ length: Math.ceil(rows.length / BLOCK) }, (_, i) => {
    const own = rows.slice(i * BLOCK, (i + 1) * BLOCK)
    const fields = own.flatMap(({ segments }) => segments.flatMap(({ field }) => field ?? []))
    return { rows: own, fields: [...new Set(fields)] }
  })
}

function firstField(rows: readonly HexRow[]): number | null {
  for (const { segments } of rows) {
    for (const { field } of segments) if (field !== null) return field
  }
  return null
}

interface HexBlockProps {
  readonly rows: readonly HexRow[]
  readonly index: FieldIndex
  /** Lit fields of this block, with commas. */
  readonly lit: string
  /** The field that the Tab key reaches, where it is in this block. */
  readonly stop: number | null
}

function HexBlock({ rows, index, lit, stop }: HexBlockProps) {
  return useMemo(() => {
    const litFields = new Set(lit === '' ? [] : lit.split(',').map(Number))
    const look = ({ field }: Segment) =>
      field === null ? '' : `hue-${index.hue(field)}${litFields.has(field) ? ' lit' : ''}`
    return (
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.offset}>
            <tr>
              <th scope="row">{offsetText(row.offset)}</th>
              <td class="hexdump-bytes">
                {row.segments.map((segment) => (
                  <Fragment key={segment.offset}>
                    {spaceBefore(segment.offset)}
                    <HexSegment
                      segment={segment}
                      look={look(segment)}
                      path={segment.field === null ? '' : index.fields[segment.field]!.path}
                      reached={segment.field === stop}
                    />
                  </Fragment>
                ))}
              </td>
              <td class="hexdump-text">
                {row.segments.map((segment) => (
                  <span
                    key={segment.offset}
                    class={look(segment)}
                    data-field={segment.field ?? undefined}
                  >
                    {segment.ascii}
                  </span>
                ))}
              </td>
            </tr>
            {row.repeats > 0 && (
              <tr class="hexdump-repeat">
                <th scope="row">*</th>
                <td colSpan={2}>the same {row.repeats * ROW} bytes more</td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    )
  }, [rows, index, lit, stop])
}

interface HexSegmentProps {
  readonly segment: Segment
  readonly look: string
  readonly path: string
  readonly reached: boolean
}

/** Where a field begins it is a button; its bytes in the rows below are not reached again. */
function HexSegment({ segment, look, path, reached }: HexSegmentProps) {
  const { field, first, offset, hex } = segment
  const bytes = hex.flatMap((byte, i) => [
    i > 0 && spaceBefore(offset + i),
    <span key={i} data-offset={offset + i}>
      {byte}
    </span>,
  ])
  if (field === null) return <span>{bytes}</span>
  if (!first) {
    return (
      <span class={look} data-field={field}>
        {bytes}
      </span>
    )
  }
  return (
    <button
      type="button"
      class={look}
      data-field={field}
      tabIndex={reached ? 0 : -1}
      aria-label={`${visible(path)}: ${textOf(segment)}`}
    >
      {bytes}
    </button>
  )
}

/** Rows stand in two halves; what is copied from them does so too. */
function spaceBefore(offset: number): string {
  if (offset % ROW === 0) return ''
  return offset % ROW === ROW / 2 ? '  ' : ' '
}

/** As it is drawn, so that it can be said to be pressed by who says what they see. */
function textOf({ offset, hex }: Segment): string {
  return hex.map((byte, i) => (i === 0 ? byte : spaceBefore(offset + i) + byte)).join('')
}

function offsetText(offset: number): string {
  return offset.toString(16).padStart(6, '0')
}
