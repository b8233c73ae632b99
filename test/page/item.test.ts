// SPDX-License-Identifier: MIT
// An item beside its bytes: the blocks of its decoded value, rows of the hexdump with their fields, and what leads
// from the one to the other. And how full a partition is.

import assert from 'node:assert/strict'
import type { PageItem } from '#lib/inspect/page.js'
import { frontEnd } from './front-end.js'

type Value = PageItem['value']
type Span = PageItem['fields'][number]

interface Line {
  readonly path: string
  readonly label: string
  readonly text: string
}

interface Block {
  readonly kind: 'list' | 'table'
  readonly path: string
  readonly lines: readonly Line[]
  readonly columns: readonly string[]
  readonly rows: readonly { label: string; cells: readonly (Line | null)[] }[]
}

interface Row {
  readonly offset: number
  readonly repeats: number
  readonly segments: readonly {
    readonly field: number | null
    readonly offset: number
    readonly hex: readonly string[]
    readonly ascii: string
    readonly first: boolean
  }[]
}

interface Modules {
  visible(text: string): string
  valueBlocks(value: Value): Block[]
  gridOf(table: Block): {
    heads: readonly string[]
    lines: Block['rows']
  }
  hexRows(bytes: Uint8Array, fields: readonly Span[], masked?: readonly string[]): Row[]
  bytesOf(base64: string | null): Uint8Array
  hexOf(bytes: Uint8Array): string
  titleParts(title: string): readonly [string, string]
  commandLine(source: string, item: object): string | null
  FieldIndex: new (
    fields: readonly Span[],
  ) => { of(path: string): number[]; hue(i: number): number }
  fillOf(partition: object): object | null
  partitionTitle(partition: object, hosts: object): string
}

const span = (path: string, offset: number, size: number): Span => ({ path, offset, size })

describe('an item of the page', () => {
  let page: Modules

  before(async () => {
    const files = ['labels', 'text', 'blocks', 'hex-rows', 'bytes', 'command-line', 'paths']
    const modules = await Promise.all(
      [...files.map((name) => `item/${name}.ts`), 'facts/fill.ts'].map((path) =>
        frontEnd<object>(path),
      ),
    )
    page = Object.assign({}, ...modules) as Modules
  })

  it('shows control characters, and marks that turn the direction of writing', () => {
    assert.equal(page.visible('\u001b[31mred\u0000'), '\\x1b[31mred\\x00')
    assert.equal(page.visible('a\u202eb\u2028\ufeff'), 'a\\u202eb\\u2028\\ufeff')
    assert.equal(page.visible('<b>&amp; Grüße'), '<b>&amp; Grüße')
  })

  it('puts a number and its name on one line, and what is nested behind', () => {
    const blocks = page.valueBlocks({
      ...{ platform: 8, platformName: 'MTP', state: 5, stateBits: ['RUN', 'INIT'], words: [1, 2] },
      ...{
        pmics: [
          { model: 65556, modelName: 'PM8998' },
          { model: 0, extra: true },
        ],
        note: '',
      },
    })
    assert.deepEqual(blocks[0], {
      ...{ kind: 'list', path: '' },
      lines: [
        { path: 'platform', label: 'platform', text: '8 (MTP)' },
        { path: 'state', label: 'state', text: '0x5 (RUN, INIT)' },
        { path: 'words', label: 'words', text: '1, 2' },
        { path: 'note', label: 'note', text: '""' },
      ],
    })
    const table = blocks[1]!
    assert.deepEqual(
      [table.kind, table.path, table.columns],
      ['table', 'pmics', ['model', 'extra']],
    )
    assert.deepEqual(
      table.rows.map(({ label, cells }) => [label, ...cells.map((cell) => cell?.text ?? null)]),
      [
        ['[0]', '0x10014 (PM8998)', null],
        ['[1]', '0', 'true'],
      ],
    )
    assert.equal(table.rows[0]!.cells[0]!.path, 'pmics[0].model')
  })

  it('makes a table of records that have names, and lists of what is no record', () => {
    const [sides] = page.valueBlocks({ tx: { tail: 8 }, rx: { tail: 9 } })
    assert.deepEqual(
      sides!.rows.map(({ label, cells }) => [label, cells[0]!.path]),
      [
        ['tx', 'tx.tail'],
        ['rx', 'rx.tail'],
      ],
    )
    const mixed = page.valueBlocks([1, { a: { b: 2 } }])
    assert.deepEqual(
      mixed.flatMap(({ lines }) => lines).map(({ path }) => path),
      ['[0]', '[1].a.b'],
    )
    assert.deepEqual(page.valueBlocks('text')[0]!.lines[0]!.text, 'text')
  })

  it('turns few records with many fields', () => {
    const record = Object.fromEntries([...'abcdefgh'].map((name, i) => [name, i]))
    const [few] = page.valueBlocks([record, record])
    const turned = page.gridOf(few!)
    assert.deepEqual(turned.heads, ['[0]', '[1]'])
    assert.deepEqual(
      turned.lines.map(({ label }) => label),
      [...'abcdefgh'],
    )
    assert.equal(turned.lines[2]!.cells[1]!.path, '[1].c')
    const [many] = page.valueBlocks(Array.from({ length: 6 }, () => record))
    assert.equal(page.gridOf(many!).lines.length, 6)
  })

  it('cuts rows where fields begin and end; the smaller of two has the byte', () => {
    const fields = [span('whole', 0, 20), span('part', 4, 2), span('late', 30, 99)]
    const rows = page.hexRows(
      Uint8Array.from({ length: 40 }, (_, i) => i + 0x40),
      fields,
    )
    const cuts = rows.map(({ segments }) =>
      segments.map(({ field, offset, hex, first }) => [field, offset, hex.length, first]),
    )
    assert.deepEqual(cuts, [
      [
        [0, 0, 4, true],
        [1, 4, 2, true],
        [0, 6, 10, true],
      ],
      [
        [0, 16, 4, false],
        [null, 20, 10, false],
        [2, 30, 2, true],
      ],
      [[2, 32, 8, false]],
    ])
    assert.deepEqual(rows[0]!.segments[1]!.hex, ['44', '45'])
    assert.equal(rows[0]!.segments[1]!.ascii, 'DE')
  })

  it('counts rows that repeat the one above, but never hides a field or the last bytes', () => {
    const bytes = new Uint8Array(16 * 10 + 3)
    const rows = page.hexRows(bytes, [span('count', 16 * 5, 4)])
    const told = rows.map(({ offset, repeats }) => [offset, repeats])
    assert.deepEqual(told, [
      [0, 4],
      [80, 0],
      [96, 3],
      [160, 0],
    ])
    const shown = rows.reduce((sum, row) => {
      return sum + row.segments.reduce((n, { hex }) => n + hex.length, 0) + row.repeats * 16
    }, 0)
    assert.equal(shown, bytes.length)
  })

  it('has dots for bytes that are masked, and for no others', () => {
    const fields = [span('length', 0, 2), span('key', 2, 4)]
    const [row] = page.hexRows(Uint8Array.of(4, 0, 0, 0, 0, 0, 0x41), fields, ['key'])
    assert.deepEqual(
      row!.segments.map(({ hex, ascii }) => [hex.join(' '), ascii]),
      [
        ['04 00', '..'],
        ['·· ·· ·· ··', '····'],
        ['41', 'A'],
      ],
    )
  })

  it('survives fields that lie outside, and items without bytes', () => {
    const rows = page.hexRows(new Uint8Array(4), [span('a', -4, 2), span('b', 1000, 4)])
    assert.deepEqual(rows[0]!.segments.length, 1)
    assert.deepEqual(page.hexRows(new Uint8Array(), []), [])
    assert.equal(page.bytesOf(null).length, 0)
    assert.equal(page.bytesOf('no base64!').length, 0)
    assert.equal(page.hexOf(page.bytesOf('AAH/')), '0001ff')
  })

  it('leads from a line to its bytes and back', () => {
    const paths = ['id', 'idle', 'words[0]', 'words[1]', 'tx.tail', 'tx.head', 'version']
    const index = new page.FieldIndex(paths.map((path, i) => span(path, i * 4, 4)))
    assert.deepEqual(index.of('id'), [0])
    assert.deepEqual(index.of('words'), [2, 3])
    assert.deepEqual(index.of('words[1]'), [3])
    assert.deepEqual(index.of('tx'), [4, 5])
    assert.deepEqual(index.of('version.major'), [6])
    assert.deepEqual(index.of('tx.size'), [])
    assert.deepEqual(index.of('nothing'), [])
  })

  it('gives neighbours in memory different colours, in whatever order they were read', () => {
    const index = new page.FieldIndex([span('c', 8, 4), span('a', 0, 4), span('b', 4, 4)])
    assert.equal(new Set([0, 1, 2].map((field) => index.hue(field))).size, 3)
    assert.equal(index.hue(1) + 1, index.hue(2))
  })

  it('parts a name from what tells it apart from others of its run', () => {
    assert.deepEqual(page.titleParts('SMEM_SMD_BASE_ID+34'), ['SMEM_SMD_BASE_ID', '+34'])
    const fifo = page.titleParts('SMEM_GLINK_NATIVE_XPRT_FIFO_0')
    assert.deepEqual(fifo, ['SMEM_GLINK_NATIVE_XPRT_FIFO', '_0'])
    assert.deepEqual(page.titleParts('SMEM_ID_VENDOR0'), ['SMEM_ID_VENDOR0', ''])
    assert.deepEqual(page.titleParts('item 300'), ['item 300', ''])
  })

  it('tells the command that shows the same item, as one that a shell cannot misread', () => {
    const item = { id: 428, host: 1 }
    assert.equal(page.commandLine('fake', item), 'qcom-smem --source fake show 428 --host 1')
    assert.equal(page.commandLine('live', { id: 3, host: null }), 'qcom-smem show 3')
    assert.equal(
      page.commandLine("file:it's; rm\n$(x)", { id: 3, host: null }),
      "qcom-smem --source 'file:it'\\''s; rm\\x0a$(x)' show 3",
    )
    assert.equal(page.commandLine('fake', { id: null, host: 1 }), null)
  })

  it('measures how full a partition is, whatever its header says', () => {
    const partition = { size: 1000, freeUncached: 200, freeCached: 900 }
    assert.deepEqual(page.fillOf(partition), { uncached: 200, free: 700, cached: 100 })
    const overlapping = { ...partition, freeUncached: 950 }
    assert.deepEqual(page.fillOf(overlapping), { uncached: 950, free: 0, cached: 50 })
    const wild = { size: 1000, freeUncached: 4294967295, freeCached: 4294967295 }
    assert.deepEqual(page.fillOf(wild), { uncached: 1000, free: 0, cached: 0 })
    assert.equal(page.fillOf({ ...partition, freeCached: null }), null)
    const between = { global: false, host0: 0, host1: 77 }
    assert.equal(page.partitionTitle(between, { 0: 'apps' }), 'apps – host 77')
  })
})
