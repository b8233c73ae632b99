// SPDX-License-Identifier: MIT
// The decoded value of an item: tables of fields, and tables of records. A field that has bytes of its own carries
// their colour, and lights them up; what only follows from others is plain.

import {
  type Block,
  type FieldLine,
  type FieldList,
  gridOf,
  type RecordTable,
  valueBlocks,
} from './blocks.js'
import type { FieldIndex } from './paths.js'
import { type Pointing, usePointing } from './pointing.js'
import { ScrollBox } from './scroll-box.js'
import { visible } from './text.js'
import type { Value } from './values.js'

interface FieldsProps extends Pointing {
  readonly value: Value
  readonly index: FieldIndex
  readonly lit: string | null
}

export function DecodedFields({ value, index, lit, ...pointing }: FieldsProps) {
  const { stop, listeners } = usePointing<HTMLDivElement>(({ path }) => path, pointing)
  const blocks = valueBlocks(value)
  const litFields = new Set(lit === null ? [] : index.of(lit))
  const first = blocks.flatMap(linesOf).find(({ path }) => index.of(path).length > 0)?.path ?? null
  const mark = ({ path }: FieldLine): Mark => {
    const own = index.of(path)
    return {
      hue: own.length === 0 ? null : index.hue(own[0]!),
      lit: own.some((field) => litFields.has(field)),
      reached: path === (stop ?? first),
    }
  }
  return (
    <div class="fields" {...listeners}>
      {blocks.map((block) =>
        block.kind === 'list' ? (
          <ListBlock key={block.path} block={block} mark={mark} />
        ) : (
          <TableBlock key={block.path} block={block} mark={mark} />
        ),
      )}
    </div>
  )
}

interface Mark {
  /** Null for a value that has no bytes of its own. */
  readonly hue: number | null
  readonly lit: boolean
  readonly reached: boolean
}

function linesOf(block: Block): readonly FieldLine[] {
  return block.kind === 'list'
    ? block.lines
    : block.rows.flatMap(({ cells }) => cells.filter((c) => c !== null))
}

function ListBlock({ block, mark }: { block: FieldList; mark: (line: FieldLine) => Mark }) {
  return (
    <table class="fields-list">
      <caption class={block.path === '' ? 'sr-only' : ''}>
        {block.path === '' ? 'Decoded fields' : visible(block.path)}
      </caption>
      <thead class="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {block.lines.map((line) => {
          const { hue, lit, reached } = mark(line)
          const label = visible(line.label === '' ? 'value' : line.label)
          return (
            <tr
              key={line.path}
              class={lit ? 'lit' : ''}
              {...(hue !== null && { 'data-path': line.path })}
            >
              <th scope="row">
                {hue === null ? (
                  <span class="field-name">{label}</span>
                ) : (
                  <button
                    type="button"
                    class={`field-name hue-${hue}`}
                    data-path={line.path}
                    tabIndex={reached ? 0 : -1}
                  >
                    {label}
                  </button>
                )}
              </th>
              <td>{line.text}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function TableBlock({ block, mark }: { block: RecordTable; mark: (line: FieldLine) => Mark }) {
  const { heads, lines } = gridOf(block)
  return (
    <ScrollBox class="fields-wide" label={visible(block.path) || 'Decoded records'}>
      <table class="fields-table">
        <caption class={block.path === '' ? 'sr-only' : ''}>
          {block.path === '' ? 'Decoded records' : visible(block.path)}
        </caption>
        <thead>
          <tr>
            <td />
            {heads.map((head) => (
              <th scope="col" key={head}>
                {visible(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row">{visible(label)}</th>
              {cells.map((cell, i) => (
                <td key={heads[i]!}>{cell !== null && <Cell line={cell} {...mark(cell)} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Cell({ line, hue, lit, reached }: { line: FieldLine } & Mark) {
  if (hue === null) return <>{line.text}</>
  return (
    <button
      type="button"
      class={`field-cell hue-${hue}${lit ? ' lit' : ''}`}
      data-path={line.path}
      tabIndex={reached ? 0 : -1}
    >
      {line.text}
    </button>
  )
}
