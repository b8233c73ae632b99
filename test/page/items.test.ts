// SPDX-License-Identifier: MIT
// What the item table finds, in which order, and which of its rows are drawn.

import assert from 'node:assert/strict'
import type { PageItem } from '#lib/inspect/page.js'
import { frontEnd } from './front-end.js'

interface Filters {
  readonly [name: string]: string | boolean
}

interface Order {
  readonly column: string
  readonly descending: boolean
}

interface Modules {
  matcher(query: string, hosts: object): (item: PageItem) => boolean
  readonly noFilters: Filters
  filterItems(items: readonly PageItem[], filters: Filters, context: object): PageItem[]
  isFiltered(filters: Filters): boolean
  sortItems(items: readonly PageItem[], order: Order | null, context: object): readonly PageItem[]
  nextOrder(order: Order | null, column: string): Order | null
  rowWindow(
    count: number,
    rowHeight: number,
    top: number,
    height: number,
  ): { first: number; end: number; above: number; below: number }
  findingsByItem(page: object): Map<string, object[]>
}

const hosts = { 1: 'modem', 2: 'adsp' }

const template: PageItem = {
  ...{ id: 137, name: 'SMEM_HW_SW_BUILD_ID', host: null, heap: 'toc', cached: false },
  ...{ region: '0x86000000', offset: 0x1000, address: '0x86001000', size: 144, error: null },
  ...{ key: 'g:137:0', holds: 'which chip this is', aliases: ['SMEM_SOCINFO'] },
  ...{ readings: [], tell: null },
  ...{ decoder: 'socinfo', value: { soc: 'SDM845', id: 321 }, fields: [], notes: [] },
  ...{ undecoded: null, masked: [], bytes: null, cut: false },
}

const socinfo = template
const log: PageItem = {
  ...template,
  ...{ id: 408, name: 'SMEM_ERR_CRASH_LOG', host: 1, heap: 'partition', cached: true },
  ...{ address: '0x861aebc0', size: 1000, key: '1:408:0', holds: null, aliases: [] },
  readings: [{ name: 'SMEM_ROUTER_LOG', holds: 'what a router has there' }],
  ...{ decoder: 'error-text', value: { text: 'Nothing To Report' } },
}
const plain: PageItem = {
  ...template,
  ...{ id: 9, name: null, host: 2, heap: 'partition', address: '0x861b0000', size: 8 },
  ...{ key: '2:9:0', holds: null, aliases: [], decoder: null, value: null },
}
const broken: PageItem = {
  ...plain,
  ...{ id: null, key: '2:x:0', address: null, size: null, cached: null },
  ...{ error: { code: 'EINVAL', message: 'a bad canary' } },
}
const all = [socinfo, log, plain, broken]

describe('the item table', () => {
  let table: Modules

  before(async () => {
    const rooms = ['search', 'filters', 'order', 'window', 'findings']
    const modules = await Promise.all(rooms.map((name) => frontEnd<object>(`items/${name}.ts`)))
    table = Object.assign({}, ...modules) as Modules
  })

  const found = (query: string) => all.filter(table.matcher(query, hosts)).map(({ key }) => key)

  it('finds items by id, name, other name, host, decoder, error and decoded text', () => {
    assert.deepEqual(found('137'), ['g:137:0'])
    assert.deepEqual(found('0x89'), ['g:137:0'])
    assert.deepEqual(found('crash_log'), ['1:408:0'])
    assert.deepEqual(found('smem_socinfo'), ['g:137:0'])
    assert.deepEqual(found('router_log'), ['1:408:0'])
    assert.deepEqual(found('modem'), ['1:408:0'])
    assert.deepEqual(found('error-text'), ['1:408:0'])
    assert.deepEqual(found('einval'), ['2:x:0'])
    assert.deepEqual(found('nothing to'), ['1:408:0'])
    assert.deepEqual(found('sdm845'), ['g:137:0'])
  })

  it('finds items that have all words, and all items without one', () => {
    assert.deepEqual(found('nothing adsp'), [])
    assert.equal(found('  ').length, all.length)
  })

  it('finds the item that an address lies in, not the one behind it', () => {
    assert.deepEqual(found('0x861aebff'), ['1:408:0'])
    assert.deepEqual(found('0x861aefa7'), ['1:408:0'])
    assert.deepEqual(found('0x861aefa8'), [])
  })

  it('filters by host, heap, side, error, findings and decoding', () => {
    const context = { hosts, hasFindings: ({ key }: PageItem) => key === '1:408:0' }
    const keys = (filters: Filters) =>
      table.filterItems(all, { ...table.noFilters, ...filters }, context).map(({ key }) => key)
    assert.deepEqual(keys({}).length, 4)
    assert.deepEqual(keys({ host: 'global' }), ['g:137:0'])
    assert.deepEqual(keys({ host: '2' }), ['2:9:0', '2:x:0'])
    assert.deepEqual(keys({ heap: 'toc' }), ['g:137:0'])
    assert.deepEqual(keys({ cached: 'cached' }), ['1:408:0'])
    assert.deepEqual(keys({ cached: 'uncached' }), ['g:137:0', '2:9:0'])
    assert.deepEqual(keys({ withError: true }), ['2:x:0'])
    assert.deepEqual(keys({ withFindings: true }), ['1:408:0'])
    assert.deepEqual(keys({ decoded: true, heap: 'partition' }), ['1:408:0'])
    assert.equal(table.isFiltered(table.noFilters), false)
    assert.equal(table.isFiltered({ ...table.noFilters, query: 'x' }), true)
  })

  it('sorts by any column, with the unknown last in both directions', () => {
    const context = { hosts, troubles: ({ error }: PageItem) => Number(error !== null) }
    const keys = (column: string, descending = false) =>
      table.sortItems(all, { column, descending }, context).map(({ id }) => id)
    assert.deepEqual(keys('id'), [9, 137, 408, null])
    assert.deepEqual(keys('id', true), [408, 137, 9, null])
    assert.deepEqual(keys('name'), [408, 137, 9, null])
    assert.deepEqual(keys('size', true), [408, 137, 9, null])
    assert.deepEqual(keys('address', true), [9, 408, 137, null])
    assert.deepEqual(keys('trouble', true), [null, 137, 408, 9])
    assert.equal(table.sortItems(all, null, context), all)
  })

  it('turns a column from up to down to the order of the listing', () => {
    const up = table.nextOrder(null, 'size')
    assert.deepEqual(up, { column: 'size', descending: false })
    const down = table.nextOrder(up, 'size')
    assert.deepEqual(down, { column: 'size', descending: true })
    assert.equal(table.nextOrder(down, 'size'), null)
    assert.deepEqual(table.nextOrder(down, 'id'), { column: 'id', descending: false })
  })

  it('draws what is in sight of a long table, and leaves room for the rest', () => {
    for (const top of [0, 31, 30_000, 60_000 - 500, 90_000]) {
      const { first, end, above, below } = table.rowWindow(2000, 30, top, 500)
      assert.ok(end - first < 100, `${end - first} rows at ${top}`)
      assert.equal(above + (end - first) * 30 + below, 2000 * 30)
      const seen = Math.min(top, 2000 * 30 - 500)
      assert.ok(above <= seen && above + (end - first) * 30 >= seen + 500, `a gap at ${top}`)
    }
    assert.deepEqual(table.rowWindow(150, 30, 0, 500), { first: 0, end: 150, above: 0, below: 0 })
  })

  it('knows which findings are about which item', () => {
    const finding = { check: 'c', severity: 'error', host: null, item: null, address: null }
    const findings = [
      { ...finding, message: 'by id', item: 137 },
      { ...finding, message: 'by id and host', item: 408, host: 1 },
      { ...finding, message: 'same id, other host', item: 408, host: 2 },
      { ...finding, message: 'by address', address: '0x861b0007' },
      { ...finding, message: 'where the partition breaks', host: 2, address: '0x861b0010' },
      { ...finding, message: 'about no item' },
    ]
    const byItem = table.findingsByItem({ items: all, verify: { findings } })
    const messages = [...byItem].map(([key, own]) => [
      key,
      own.map((one) => (one as (typeof findings)[number]).message),
    ])
    assert.deepEqual(messages, [
      ['g:137:0', ['by id']],
      ['1:408:0', ['by id and host']],
      ['2:9:0', ['by address']],
      ['2:x:0', ['where the partition breaks']],
    ])
  })
})
