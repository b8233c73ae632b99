// SPDX-License-Identifier: MIT
// The map without a browser: bytes and pixels, marks that hide nothing, where findings are, and the walk of the keys.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { MapRegion, MapSpan, PageItem, VerifyFinding } from '#lib/inspect/page.js'
import { frontEnd } from './front-end.js'

interface Extent {
  readonly offset: number
  readonly size: number
}

interface View {
  readonly start: number
  readonly end: number
}

interface Geometry {
  whole(size: number): View
  isWhole(view: View, size: number): boolean
  pixelAt(view: View, width: number, offset: number): number
  offsetAt(view: View, width: number, pixel: number): number
  zoomed(view: View, size: number, factor: number, anchor: number): View
  panned(view: View, size: number, part: number): View
  fitted(extent: Extent, size: number): View
  revealing(view: View, size: number, extent: Extent): View
  between(from: View, to: View, part: number): View
  ticks(view: View, width: number, base: number, apart: number): number[]
  readonly CLOSEST: number
}

interface Mark<S = Extent> {
  readonly spans: readonly [S, ...S[]]
  readonly x: number
  readonly width: number
}

interface Marks {
  marksOf<S extends Extent>(
    spans: readonly S[],
    view: View,
    width: number,
    rules: { least: number; bin: number; kindOf: (span: S) => unknown },
  ): Mark<S>[]
  markAt<S>(marks: readonly Mark<S>[], pixel: number, slop: number): Mark<S> | null
  extentOf(mark: Mark): Extent
}

const SIZE = 0x200000
const WIDTH = 1000
const rules = { least: 3, bin: 16, kindOf: () => 'one' }

const viewOf = (start: number, end: number): View => ({ start, end })
const extent = (offset: number, size: number): Extent => ({ offset, size })

describe('the geometry of the map', () => {
  let g: Geometry

  before(async () => {
    g = await frontEnd<Geometry>('map/geometry.ts')
  })

  const views = fc
    .tuple(fc.integer({ min: 0, max: SIZE - 64 }), fc.integer({ min: 64, max: SIZE }))
    .map(([start, length]) => viewOf(start, Math.min(start + length, SIZE)))
    .filter(({ start, end }) => end - start >= 64)

  const isInside = ({ start, end }: View) => start >= -1e-6 && end <= SIZE + 1e-6 && end > start

  it('draws a region to scale', () => {
    const all = g.whole(SIZE)
    assert.equal(g.pixelAt(all, WIDTH, 0), 0)
    assert.equal(g.pixelAt(all, WIDTH, SIZE / 2), WIDTH / 2)
    assert.equal(g.pixelAt(all, WIDTH, SIZE), WIDTH)
  })

  it('finds the byte under a pixel that it drew', () => {
    fc.assert(
      fc.property(views, fc.nat(SIZE), (view, offset) => {
        const back = g.offsetAt(view, WIDTH, g.pixelAt(view, WIDTH, offset))
        assert.ok(Math.abs(back - offset) < 1e-3, `${offset} became ${back}`)
      }),
    )
  })

  it('keeps what is under the pointer there while it zooms in', () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (view, part) => {
        const anchor = view.start + (view.end - view.start) * part
        const after = g.zoomed(view, SIZE, 2, anchor)
        const moved = g.pixelAt(after, WIDTH, anchor) - g.pixelAt(view, WIDTH, anchor)
        assert.ok(Math.abs(moved) < 1e-3 || g.isWhole(after, SIZE), `moved by ${moved} pixels`)
      }),
    )
  })

  it('never leaves the region, however it is moved', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.nat(SIZE),
        (view, factor, part, anchor) => {
          assert.ok(isInside(g.zoomed(view, SIZE, factor, anchor)))
          assert.ok(isInside(g.panned(view, SIZE, part)))
          assert.ok(isInside(g.fitted(extent(anchor, 100), SIZE)))
          assert.ok(isInside(g.revealing(view, SIZE, extent(anchor, 0))))
        },
      ),
    )
  })

  it('does not zoom closer than a byte can be drawn for', () => {
    const closest = g.zoomed(g.whole(SIZE), SIZE, 1e9, 5000)
    assert.equal(closest.end - closest.start, g.CLOSEST)
  })

  it('shows all of a region that is smaller than the closest look', () => {
    assert.deepEqual(g.zoomed(g.whole(16), 16, 8, 3), viewOf(0, 16))
    assert.deepEqual(g.whole(0), viewOf(0, 1))
  })

  it('moves to what is out of view, and only then', () => {
    const view = viewOf(1000, 2000)
    assert.equal(g.revealing(view, SIZE, extent(1100, 200)), view)
    for (const one of [extent(100, 50), extent(1950, 100), extent(900_000, 12)]) {
      const { start, end } = g.revealing(view, SIZE, one)
      assert.ok(start <= one.offset && one.offset + one.size <= end)
      assert.equal(end - start, 1000, 'another zoom')
    }
  })

  it('zooms out for what is larger than the view', () => {
    const { start, end } = g.revealing(viewOf(1000, 2000), SIZE, extent(50_000, 8000))
    assert.ok(start <= 50_000 && end >= 58_000)
  })

  it('goes from one view to another without a jump', () => {
    const [from, to] = [viewOf(0, SIZE), viewOf(0x8000, 0x9000)]
    assert.deepEqual(g.between(from, to, 0), from)
    assert.ok(Math.abs(g.between(from, to, 1).start - to.start) < 1e-3)
    assert.deepEqual(g.between(viewOf(0, 10), viewOf(10, 20), 0.5), viewOf(5, 15))
  })

  it('rules round addresses, as far apart as they are wide', () => {
    fc.assert(
      fc.property(views, (view) => {
        const base = 0x86000000
        const found = g.ticks(view, WIDTH, base, 96)
        const pixels = found.map((address) => g.pixelAt(view, WIDTH, address - base))
        const step = (found[1] ?? 0) - (found[0] ?? 0)
        assert.ok(found.length <= WIDTH / 96 + 1)
        for (const [i, pixel] of pixels.entries()) {
          assert.ok(pixel >= -1e-6 && pixel <= WIDTH + 1e-6)
          if (i > 0) assert.ok(pixel - pixels[i - 1]! >= 96 - 1e-6)
          if (i > 0) assert.equal(found[i]! % step, 0)
        }
      }),
    )
  })
})

describe('the marks of the map', () => {
  let m: Marks

  before(async () => {
    m = await frontEnd<Marks>('map/marks.ts')
  })

  const spans = fc
    .array(fc.tuple(fc.nat(SIZE), fc.oneof(fc.nat(64), fc.nat(70_000))), { maxLength: 400 })
    .map((pairs) => pairs.map(([offset, size]) => extent(offset, size)).sort(order))

  function order(a: Extent, b: Extent): number {
    return a.offset - b.offset || b.size - a.size
  }

  it('lose nothing that is in view, and draw nothing twice', () => {
    fc.assert(
      fc.property(spans, fc.nat(SIZE / 2), (all, start) => {
        const view = viewOf(start, start + SIZE / 4)
        const inView = all.filter(({ offset, size }) => {
          return (
            offset < view.end && (offset + size > view.start || (size === 0 && offset >= start))
          )
        })
        const drawn = m.marksOf(all, view, WIDTH, rules).flatMap((mark) => mark.spans)
        assert.deepEqual(drawn, inView)
      }),
    )
  })

  it('can all be seen: none is too narrow, none lies on another', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const marks = m.marksOf(all, viewOf(0, SIZE), WIDTH, rules)
        for (const [i, { x, width }] of marks.entries()) {
          assert.ok(width >= rules.least - 1e-6, `${width} pixels`)
          const last = marks[i - 1]
          if (last) assert.ok(x >= last.x + last.width - 1e-6)
        }
      }),
    )
  })

  it('are where their spans are, to scale', () => {
    const all = [extent(0, 0x8000), extent(0x8000, 0x8000), extent(0x100000, 0x100000)]
    const marks = m.marksOf(all, viewOf(0, SIZE), 1024, rules)
    assert.deepEqual(
      marks.map(({ x, width }) => [x, width]),
      [
        [0, 16],
        [16, 16],
        [512, 512],
      ],
    )
  })

  it('show of a span that begins before the view and ends behind it what is in it', () => {
    const [mark] = m.marksOf([extent(0, SIZE)], viewOf(1000, 2000), WIDTH, rules)
    assert.deepEqual([mark!.x, mark!.width], [0, WIDTH])
  })

  it('stand for several only while these are too small, and keep a large one between them alone', () => {
    const small = Array.from({ length: 10 }, (_, i) => extent(i * 100, 100))
    const large = extent(1000, 0x4000)
    const after = extent(1000 + 0x4000, 40)
    const all = [...small, large, after]
    const counts = (view: View) =>
      m.marksOf(all, view, WIDTH, rules).map((mark) => mark.spans.length)
    assert.deepEqual(counts(viewOf(0, SIZE)), [10, 1, 1])
    assert.deepEqual(counts(viewOf(0, 1000)), Array(10).fill(1))
  })

  it('keep spans of different kinds apart, unless there is no room', () => {
    const kinds = { ...rules, kindOf: ({ size }: Extent) => size }
    const two = m.marksOf([extent(0, 16), extent(16, 24)], viewOf(0, SIZE), WIDTH, kinds)
    assert.deepEqual(
      two.map(({ x }) => x),
      [0, 3],
    )
    const crowd = Array.from({ length: 50 }, (_, i) => extent(i * 10, (i % 7) + 1))
    const marks = m.marksOf(crowd, viewOf(0, SIZE), WIDTH, kinds)
    assert.ok(marks.length <= 3, `${marks.length} marks`)
  })

  it('are few, however many items there are', () => {
    const all = Array.from({ length: 10_000 }, (_, i) => extent(i * 200, 180))
    assert.ok(m.marksOf(all, viewOf(0, SIZE), WIDTH, rules).length <= WIDTH / rules.least)
  })

  it('are hit by a pointer on them, or else close by', () => {
    const marks = m.marksOf([extent(0, 16), extent(0x10000, 0x8000)], viewOf(0, SIZE), 1024, rules)
    assert.equal(m.markAt(marks, 1, 3), marks[0])
    assert.equal(m.markAt(marks, 5, 3), marks[0])
    assert.equal(m.markAt(marks, 20, 3), null)
    assert.equal(m.markAt(marks, 30, 3), marks[1])
  })

  it('know what they cover', () => {
    const spans = [extent(100, 500), extent(200, 10)] as const
    assert.deepEqual(m.extentOf({ spans, x: 0, width: 1 }), extent(100, 500))
  })
})

type Span = Extent & { kind: string }
type LaneName = 'findings' | 'structures' | 'contents'
type Lanes = Record<LaneName | 'sides', Span[]>

interface LaneModule {
  lanesOf(region: MapRegion, findings: readonly Span[]): Lanes
  placed(
    findings: readonly VerifyFinding[],
    regions: readonly MapRegion[],
    items: readonly PageItem[],
  ): { regions: Extent[][]; elsewhere: VerifyFinding[] }
}

const span = (
  kind: MapSpan['kind'],
  offset: number,
  size: number,
  rest: Partial<MapSpan> = {},
) => ({
  ...{ kind, offset, size, label: kind, host: null, item: null, depth: 0 as const, side: null },
  ...rest,
})

const region: MapRegion = {
  base: '0x80000000',
  size: SIZE,
  kind: 'main',
  spans: [
    span('header', 0, 0xd0),
    span('unused', 0xd0, 0x10000 - 0xd0),
    span('partition', 0x10000, 0x10000, { host: 1 }),
    span('header', 0x10000, 32, { host: 1, depth: 1 }),
    span('heap', 0x10020, 0x100, { host: 1, depth: 1, side: 'uncached' }),
    span('free', 0x10120, 0xfee0, { host: 1, depth: 1 }),
    span('item', 0x10030, 0xf0, { host: 1, depth: 2, item: 0, side: 'uncached' }),
  ],
}

const items = [{ key: '1:7:0', id: 7, host: 1, name: 'SMEM_SEVEN', fields: [] }]
const pageItems = items as unknown as PageItem[]

describe('the lanes of the map', () => {
  let l: LaneModule

  before(async () => {
    l = await frontEnd<LaneModule>('map/lanes.ts')
  })

  const finding = (rest: Partial<VerifyFinding>): VerifyFinding => ({
    ...{ check: 'c', severity: 'error', host: null, item: null, address: null, message: 'm' },
    ...rest,
  })

  it('have structures, what they hold, and the sides of partitions behind that', () => {
    const lanes = l.lanesOf(region, [])
    const kinds = (name: keyof Lanes) => lanes[name].map(({ kind }) => kind)
    assert.deepEqual(kinds('structures'), ['header', 'unused', 'partition'])
    assert.deepEqual(kinds('contents'), ['header', 'item', 'free'])
    assert.deepEqual(kinds('sides'), ['heap'])
  })

  it('have a finding at its address, at its item, or at the partition of its host', () => {
    const { regions, elsewhere } = l.placed(
      [
        finding({ address: '0x80000100' }),
        finding({ host: 1, item: 7 }),
        finding({ host: 1 }),
        finding({ address: '0x90000000' }),
        finding({}),
      ],
      [region],
      pageItems,
    )
    assert.deepEqual(
      regions[0]!.map(({ offset }) => offset),
      [0x100, 0x10030, 0x10000],
    )
    assert.equal(elsewhere.length, 2)
  })
})

interface Step {
  readonly lane: LaneName
  readonly index: number
}

interface Walk {
  next(step: Step, direction: string, lanes: Lanes, marks: Record<LaneName, Mark[]>): Step | null
}

describe('the walk over the map', () => {
  let walk: Walk
  let lanes: Lanes
  let marks: Record<LaneName, Mark[]>

  before(async () => {
    walk = await frontEnd<Walk>('map/walk.ts')
    const { lanesOf } = await frontEnd<LaneModule>('map/lanes.ts')
    const { marksOf } = await frontEnd<Marks>('map/marks.ts')
    lanes = lanesOf(region, [])
    const all = (spans: Span[]) => marksOf(spans, viewOf(0, SIZE), WIDTH, rules)
    marks = { findings: [], structures: all(lanes.structures), contents: all(lanes.contents) }
  })

  const contents = (index: number): Step => ({ lane: 'contents', index })
  const structures = (index: number): Step => ({ lane: 'structures', index })

  it('goes from mark to mark, over all that one stands for', () => {
    assert.deepEqual(walk.next(contents(0), 'right', lanes, marks), contents(2))
    assert.deepEqual(walk.next(contents(2), 'left', lanes, marks), contents(1))
  })

  it('goes to what is not drawn', () => {
    const none = { findings: [], structures: [], contents: [] }
    assert.deepEqual(walk.next(contents(0), 'right', lanes, none), contents(1))
  })

  it('ends at the ends', () => {
    assert.equal(walk.next(contents(2), 'right', lanes, marks), null)
    assert.equal(walk.next(structures(0), 'left', lanes, marks), null)
    assert.deepEqual(walk.next(structures(0), 'last', lanes, marks), structures(2))
  })

  it('goes down into what a structure holds, and up to what holds it', () => {
    assert.deepEqual(walk.next(structures(2), 'down', lanes, marks), contents(0))
    assert.deepEqual(walk.next(contents(1), 'up', lanes, marks), structures(2))
    assert.equal(walk.next(structures(2), 'up', lanes, marks), null, 'there are no findings')
  })
})

interface Naming {
  markName(mark: Mark<object>, known: object): string
  reading(
    mark: Mark<object>,
    known: object,
    field: object | null,
  ): { name: string; facts: { term: string; text: string }[] }
  shortSize(size: number): string
}

describe('the names on the map', () => {
  let n: Naming

  before(async () => {
    n = await frontEnd<Naming>('map/naming.ts')
  })

  const known = { base: region.base, items: pageItems, hosts: { 1: 'modem' } }
  const item = region.spans[6]!
  const at = (...spans: [object, ...object[]]): Mark<object> => ({ spans, x: 0, width: 3 })

  it('say all that is known of an item and of the field under the pointer', () => {
    const field = { path: 'format', offset: 4, size: 4 }
    assert.deepEqual(n.reading(at(item), known, field), {
      name: 'SMEM_SEVEN',
      facts: [
        { term: 'id', text: '7' },
        { term: 'host', text: 'modem (1)' },
        { term: 'address', text: '0x80010030' },
        { term: 'size', text: '240 bytes' },
        { term: 'side', text: 'uncached' },
        { term: 'field', text: 'format at 4, 4 bytes' },
      ],
    })
  })

  it('count what a mark stands for', () => {
    assert.equal(n.markName(at(region.spans[3]!, item, item), known), 'header, 2 items')
    const { facts } = n.reading(at(...(Array(6).fill(item) as [object])), known, null)
    assert.match(facts.at(-1)!.text, /^SMEM_SEVEN, .* and 2 more$/)
  })

  it('say the severity of a finding and its sentence', () => {
    const finding = { severity: 'error', check: 'canary', message: 'It is wrong.', address: null }
    const { name, facts } = n.reading(at({ kind: 'finding', finding }), known, null)
    assert.equal(name, 'error: canary')
    assert.deepEqual(facts, [{ term: 'finding', text: 'It is wrong.' }])
  })

  it('give sizes a unit that keeps them short', () => {
    assert.deepEqual([340, 90_608, SIZE].map(n.shortSize), ['340 B', '88.5 KiB', '2 MiB'])
  })
})
