// SPDX-License-Identifier: MIT
// Differences between built images: one change each, and what is told of it.

import assert from 'node:assert/strict'
import { type DiffReport, diffReport } from '#lib/inspect/diff.js'
import { defineDecoder } from '#lib/items/decoder.js'
import { u32 } from '#lib/layout/scalar.js'
import { struct } from '#lib/layout/struct.js'
import { Smem } from '#lib/smem.js'
import type { ImageDescription, PartitionItemDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'

const PROJECT = 135
/** Nobody's: there is no decoder of it, and none to come. */
const PLAIN = 511
const decoders = [
  defineDecoder({
    name: 'project-info',
    items: [PROJECT],
    fields: struct('project info', { project: u32, variant: u32 }),
  }),
]

const words = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer)
const project: PartitionItemDescription = { id: PROJECT, data: words(7, 1, 0xaa) }
const modem: PartitionItemDescription[] = [
  { id: 9, data: 'abcdefgh' },
  { id: 14, data: 'cached', cached: true },
]

function described(change: Partial<ImageDescription> = {}): ImageDescription {
  return {
    version: 12,
    base: 0x86000000,
    size: 0x10000,
    partitions: [
      { global: true, size: 0x4000, items: [project, { id: PLAIN, data: 'plain' }] },
      { host0: 0, host1: 1, size: 0x2000, items: modem },
      { host0: 1, host1: 2, size: 0x1000, items: [{ id: 9, data: 'private' }] },
    ],
    ...change,
  }
}

/** What differs of the heaps of two SoCs that are made so. */
function diff(a: FakeSoc, b: FakeSoc): DiffReport {
  using before = Smem.open({ source: `fake:${a.path}`, decoders })
  using after = Smem.open({ source: `fake:${b.path}`, decoders })
  const report = diffReport(before, after)
  a.close()
  b.close()
  return report
}

const partitions = described().partitions!
const changed = (index: number, change: object) =>
  FakeSoc.create({
    ...described(),
    partitions: partitions.map((each, i) => (i === index ? { ...each, ...change } : each)),
  } as ImageDescription)
const original = () => FakeSoc.create(described())
/** The global partition's items, and `items` instead of the first. */
const globalItems = (...items: PartitionItemDescription[]) =>
  changed(0, { items: [...items, { id: PLAIN, data: 'plain' }] })

describe('the difference of two heaps', () => {
  it('is nothing between two of the same', () => {
    const { schema, same, heap, items } = diff(original(), original())
    assert.deepEqual([schema, same, heap, items], ['qcom-smem/diff@1', true, [], []])
  })

  it('is nothing where only SMEM itself lies elsewhere', () => {
    const elsewhere = FakeSoc.create(described({ base: 0x90000000 }))
    const { same, items } = diff(original(), elsewhere)
    // The info record has the address, and is no item.
    assert.deepEqual([same, items], [true, []])
  })

  it('names an item that is new, and one that is gone, with the space that it takes', () => {
    const { partitions } = buildImage(described())
    const added = diff(
      original(),
      changed(1, { items: [...modem, { id: PLAIN, data: '12345678' }] }),
    )
    const offset = partitions[1]!.offset + 0x20 + 0x18 + 0x10
    const side = {
      address: `0x${(0x86000000 + offset).toString(16)}`,
      offset,
      size: 8,
      error: null,
    }
    const none = { decoder: null, fields: null, bytes: null }
    const known = { id: PLAIN, host: 1 }
    assert.deepEqual(
      added.items.map(({ name, ...rest }) => rest),
      [{ ...known, changes: ['added'], before: null, after: side, ...none }],
    )
    assert.equal(added.same, false)
    assert.deepEqual(
      added.heap.map(({ path, before, after }) => [path, Number(after) - Number(before)]),
      [
        ['partitions[1].freeUncached', 24],
        ['partitions[1].free', -24],
      ],
    )
    const gone = diff(
      changed(1, { items: [...modem, { id: PLAIN, data: '12345678' }] }),
      original(),
    )
    assert.deepEqual(
      gone.items.map(({ name, ...rest }) => rest),
      [{ ...known, changes: ['gone'], before: side, after: null, ...none }],
    )
  })

  it('names the fields of an item that has a decoder', () => {
    const { items, heap } = diff(original(), globalItems({ id: PROJECT, data: words(7, 2, 0xaa) }))
    assert.deepEqual(heap, [])
    assert.equal(items.length, 1)
    const { id, changes, decoder, fields, bytes } = items[0]!
    assert.deepEqual([id, changes, decoder], [PROJECT, ['changed'], 'project-info'])
    assert.deepEqual(fields, [{ path: 'variant', before: 1, after: 2 }])
    assert.deepEqual(bytes, { count: 1, first: 4 })
  })

  it('names no field where the bytes that differ are none of one', () => {
    const { items } = diff(original(), globalItems({ id: PROJECT, data: words(7, 1, 0xbbbb) }))
    const { decoder, fields, bytes } = items[0]!
    assert.deepEqual([decoder, fields, bytes], ['project-info', [], { count: 2, first: 8 }])
  })

  it('counts the bytes of an item without a decoder', () => {
    const { items } = diff(
      original(),
      changed(0, { items: [project, { id: PLAIN, data: 'pLaiN' }] }),
    )
    const { id, changes, decoder, fields, bytes } = items[0]!
    assert.deepEqual([id, changes, decoder, fields], [PLAIN, ['changed'], null, null])
    assert.deepEqual(bytes, { count: 2, first: 1 })
  })

  it('compares bytes alone where a decoder refuses one of the two', () => {
    const { items } = diff(original(), globalItems({ id: PROJECT, data: words(8) }))
    const { changes, decoder, fields, bytes } = items[0]!
    assert.deepEqual([changes, decoder, fields], [['resized', 'changed'], null, null])
    assert.deepEqual(bytes, { count: 1, first: 0 })
  })

  it('tells moved from resized from changed, and an item can be all of them', () => {
    const { items } = diff(
      original(),
      globalItems({ id: PROJECT, data: words(7, 1, 0xaa, 0, 0, 0) }),
    )
    assert.deepEqual(
      items.map(({ id, changes, bytes }) => [id, changes, bytes]),
      [
        [PROJECT, ['resized'], null],
        [PLAIN, ['moved'], null],
      ],
    )
    const all = diff(
      original(),
      changed(0, {
        items: [
          { id: 300, size: 64 },
          { id: PROJECT, data: words(9, 1) },
        ],
      }),
    )
    assert.deepEqual(
      all.items.map(({ id, changes }) => [id, changes]),
      [
        [PROJECT, ['moved', 'resized', 'changed']],
        [300, ['added']],
        [PLAIN, ['gone']],
      ],
    )
    assert.deepEqual(all.items[0]!.fields, [{ path: 'project', before: 7, after: 9 }])
  })

  it('tells which side of a partition an item is on by its place', () => {
    const { items } = diff(
      original(),
      changed(1, { items: [modem[0], { id: 14, data: 'cached' }] }),
    )
    assert.deepEqual(
      items.map(({ id, changes }) => [id, changes]),
      [[14, ['moved']]],
    )
  })

  it('compares an id of one host with that of the same host only', () => {
    const { items } = diff(original(), changed(1, { host1: 3 }))
    assert.deepEqual(
      items.map(({ id, host, changes }) => [id, host, changes]),
      [
        [9, 1, ['gone']],
        [14, 1, ['gone']],
        [9, 3, ['added']],
        [14, 3, ['added']],
      ],
    )
  })

  it('tells of an item that became unreadable', () => {
    const broken = original()
    const { offset } = buildImage(described()).partitions[1]!
    // The size in the header of the first uncached item.
    broken.patch32(0x86000000 + offset + 0x20 + 4, 0xffffff00)
    const { items } = diff(original(), broken)
    const { id, changes, before, after, bytes } = items[0]!
    assert.deepEqual([id, changes.includes('changed'), bytes], [9, true, null])
    assert.deepEqual([before!.error, after!.error!.code], [null, 'EINVAL'])
  })

  it('compares the second of two items with one id with the second', () => {
    const twice = (data: string) => {
      const soc = changed(1, { items: [modem[0], { id: 15, data }] })
      const { offset } = buildImage(described()).partitions[1]!
      soc.patch32(0x86000000 + offset + 0x20 + 0x18, 0x0009a5a5)
      return soc
    }
    const { items } = diff(twice('12345678'), twice('1234567x'))
    assert.deepEqual(
      items.map(({ id, changes, bytes }) => [id, changes, bytes]),
      [[9, ['changed'], { count: 1, first: 7 }]],
    )
  })

  it('names what differs of the heap: version, regions, the number of ids, partitions', () => {
    const other = FakeSoc.create({
      version: 11,
      base: 0x86000000,
      size: 0x8000,
      auxiliary: [{ base: 0x60000, size: 0x1000 }],
    })
    const { heap } = diff(FakeSoc.create(described({ itemCount: 700 })), other)
    const told = new Map(heap.map(({ path, before, after }) => [path, [before, after]]))
    assert.deepEqual(told.get('version'), ['12.0', '11.0'])
    assert.deepEqual(told.get('itemCount'), [700, 512])
    assert.deepEqual(told.get('regions[0].size'), [0x10000, 0x8000])
    assert.deepEqual(told.get('regions[1].kind'), [null, 'aux'])
    assert.deepEqual(told.get('partitions[1].host1'), [1, null])
  })

  it('says nothing of a header that one of the two must not read', () => {
    const soc = original()
    using before = Smem.open({ source: `fake:${soc.path}` })
    // The same memory as a dump, in which the partition of two others is as good as any.
    const source = { ...before.source, live: false, foreign: true, close: () => {} }
    const after = Object.create(before, { source: { value: source } }) as Smem
    Object.defineProperty(after, 'items', { value: () => before.items() })
    const { same, heap } = diffReport(before, after)
    assert.deepEqual([same, heap], [true, []])
    soc.close()
  })
})
