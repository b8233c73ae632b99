// SPDX-License-Identifier: MIT
// The parts of the live page that need no browser: changes to a page, the moments that are kept, and the points of
// its charts.

import assert from 'node:assert/strict'
import type { PageChange, PageData, PageItem } from '#lib/inspect/page.js'
import { frontEnd } from './front-end.js'

interface Moment {
  readonly serial: number
  readonly page: PageData
}

interface Point {
  readonly time: number
  readonly items: number
  readonly bytes: number
}

interface Modules {
  changed(page: PageData, change: PageChange): PageData
  Moments: new (options: {
    most?: number
    age?: number
  }) => {
    add(moment: object, length: number): Moment
    at(serial: number): Moment | null
    readonly oldest: Moment | null
    readonly newest: Moment | null
    readonly size: number
    readonly cost: number
  }
  Series: new () => {
    add(time: number, free: Map<string, number | null>, added: readonly number[]): void
    readonly points: readonly Point[]
  }
  inWords(points: readonly Point[]): string
}

const item = (key: string, bytes = '') => {
  const [host, id] = key.split(':').map((part) => (/^\d+$/.test(part) ? Number(part) : null))
  return { key, host, id, bytes, size: 8 } as unknown as PageItem
}

const pageAt = (seconds: number, items: readonly PageItem[] = []) =>
  ({
    time: new Date(seconds * 1000).toISOString(),
    items,
    map: { regions: [] },
    verify: { findings: [] },
  }) as unknown as PageData

const change = (news: Partial<PageChange>) =>
  ({
    ...{ time: new Date(9000).toISOString(), items: [], gone: [] },
    ...{ info: {}, partitions: [], map: null, findings: null },
    ...news,
  }) as PageChange

const keys = ({ items }: PageData) => items.map(({ key }) => key)

describe('the live page', () => {
  let live: Modules
  before(async () => {
    const modules = ['change', 'moments', 'series'].map((name) => frontEnd(`live/${name}.ts`))
    live = Object.assign({}, ...(await Promise.all(modules)))
  })

  describe('a change', () => {
    const before = pageAt(
      1,
      ['g:3:0', 'g:9:0', 'g:x:0', '1:9:0', '2:4:0'].map((key) => item(key)),
    )

    it('leaves what has not changed as the same object', () => {
      const now = live.changed(before, change({ items: [item('g:9:0', 'AAAA')] }))
      assert.equal(now.items[1]!.bytes, 'AAAA')
      assert.deepEqual(
        now.items.map((each, i) => each === before.items[i]),
        [true, false, true, true, true],
      )
      assert.equal(now.map, before.map)
      assert.equal(now.verify, before.verify)
    })

    it('puts new items where a listing has them: by host, by id, and what has no id last', () => {
      const items = ['1:12:0', 'g:x:1', 'g:10:0', '1:9:1', 'g:2:0'].map((key) => item(key))
      assert.deepEqual(keys(live.changed(before, change({ items, gone: ['2:4:0', 'g:3:0'] }))), [
        'g:2:0',
        'g:9:0',
        'g:10:0',
        'g:x:0',
        'g:x:1',
        '1:9:0',
        '1:9:1',
        '1:12:0',
      ])
    })

    it('keeps the explained findings of the page with the findings of the change', () => {
      const findings = [{ check: 'overlap' }] as unknown as PageChange['findings']
      assert.deepEqual(live.changed(before, change({ findings })).verify, { findings })
    })
  })

  describe('the moments kept', () => {
    const add = (moments: InstanceType<Modules['Moments']>, seconds: number, length = 100) =>
      moments.add({ page: pageAt(seconds), changed: [], added: [], gone: [] }, length)

    it('never hold more than they may, except for the newest', () => {
      const moments = new live.Moments({ most: 2000 })
      for (let second = 1; second <= 100; second++) add(moments, second)
      assert.equal(moments.size, 10)
      assert.equal(moments.cost, 2000)
      assert.equal(moments.oldest!.serial, 91)
      add(moments, 101, 1_000_000)
      assert.equal(moments.size, 1)
      assert.equal(moments.newest!.serial, 101)
    })

    it('are forgotten when they are old', () => {
      const moments = new live.Moments({ age: 60_000 })
      for (const second of [1, 30, 61, 90]) add(moments, second)
      assert.equal(moments.oldest!.serial, 2)
    })

    it('are found by number, and the nearest where that one is gone', () => {
      const moments = new live.Moments({ most: 600 })
      assert.equal(moments.at(1), null)
      for (let second = 1; second <= 9; second++) add(moments, second)
      assert.deepEqual(
        [1, 8, 99].map((serial) => moments.at(serial)!.serial),
        [7, 8, 9],
      )
    })
  })

  describe('a chart', () => {
    const free = (bytes: number | null) => new Map([['global heap', bytes]])

    it('sums what is allocated within a second, and keeps the last word on free space', () => {
      const series = new live.Series()
      series.add(5000, free(100), [16, 8])
      series.add(5900, free(92), [8])
      series.add(6100, free(92), [])
      assert.deepEqual(series.points, [
        { time: 5, free: free(92), items: 3, bytes: 32 },
        { time: 6, free: free(92), items: 0, bytes: 0 },
      ])
    })

    it('never goes back in time, when the clock does', () => {
      const series = new live.Series()
      for (const time of [5000, 3000, 6000]) series.add(time, free(1), [8])
      assert.deepEqual(
        series.points.map(({ time, items }) => [time, items]),
        [
          [5, 2],
          [6, 1],
        ],
      )
    })

    it('has at most the last ten minutes', () => {
      const series = new live.Series()
      for (let second = 0; second < 1000; second++) series.add(second * 1000, free(1), [])
      assert.equal(series.points.length, 600)
      assert.equal(series.points[0]!.time, 400)
    })

    it('is said in words: what is free, the least of it, and what the last minute took', () => {
      const series = new live.Series()
      series.add(1000, free(9000), [1000])
      series.add(100_000, free(7000), [64])
      series.add(110_000, free(8000), [])
      assert.equal(
        live.inWords(series.points),
        'Free: global heap: 8,000 bytes (7,000 at the least). Allocated in the last minute: 1 item, 64 bytes.',
      )
      series.add(111_000, free(null), [])
      assert.match(live.inWords(series.points), /global heap: not known/)
      assert.equal(live.inWords([]), 'Nothing was seen yet.')
    })
  })
})
