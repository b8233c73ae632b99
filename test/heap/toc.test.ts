// SPDX-License-Identifier: MIT
// The global heap of version 11: lookup, regions, bounds, and what a listing says of broken records.

import assert from 'node:assert/strict'
import { Heap } from '#lib/heap/heap.js'
import { Header, HeapInfo, TocEntry, tocEntryOffset } from '#lib/layout/header.js'
import { recording } from '#lib/port/recording.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { BASE, heapOf, MESSAGE_RAM, regionsOf, SIZE, shown, spoilt, v11 } from './images.js'

const record = (id: number, field: keyof typeof TocEntry.offsets) =>
  tocEntryOffset(id) + TocEntry.offsets[field]
const heapInfo = (field: keyof typeof HeapInfo.offsets) =>
  Header.offsets.heapInfo + HeapInfo.offsets[field]

describe('the table of contents', () => {
  it('finds an item with its region, offset and size as stored', () => {
    const { region, offset, size, host, heap, cached } = heapOf(buildImage(v11)).find(137)
    assert.deepEqual([host, heap, cached, size], [null, 'toc', false, 24])
    assert.equal(region.port.base + offset, BASE + offset)
  })

  it('resolves aux_base to an auxiliary region, without its reserved bits', () => {
    const { region, offset, size } = heapOf(buildImage(v11)).find(80)
    assert.deepEqual([region.kind, region.port.base, offset, size], ['aux', MESSAGE_RAM, 0, 32])
  })

  it('takes the base of region 0 as aux_base for region 0', () => {
    const heap = spoilt(v11, (image) => image.patch32(record(137, 'auxBase'), BASE | 1))
    assert.equal(heap.find(137).region.kind, 'main')
  })

  it('compares aux_base with the low 32 bits of a base above 4 GiB', () => {
    const high = { ...v11, auxiliary: [{ base: 0x1_0006_0000, size: 0x1000 }], global: [] }
    const heap = spoilt(high, (image) => {
      for (const [field, word] of [
        ['offset', 0x10],
        ['size', 8],
        ['auxBase', 0x00060000],
        ['allocated', 1],
      ] as const) {
        image.patch32(record(137, field), word)
      }
    })
    assert.equal(heap.find(137).region.port.base, 0x1_0006_0000)
  })

  it('says ENXIO of an item that is not allocated, with a hint', () => {
    assert.throws(() => heapOf(buildImage(v11)).find(200), {
      name: 'SmemError',
      code: 'ENXIO',
      item: 200,
      hint: /list/,
    })
  })

  it('says ENOENT of a region that nobody knows', () => {
    const heap = spoilt(v11, (image) => image.patch32(record(137, 'auxBase'), 0x00fc0000))
    assert.throws(() => heap.find(137), { code: 'ENOENT', item: 137 })
    assert.deepEqual(shown(heap.items()).slice(0, 7), [
      '-/0',
      '-/1',
      '-/2',
      '-/3',
      '-/80',
      '-/137!ENOENT',
      '-/469',
    ])
  })

  for (const [problem, field, value] of [
    ['an offset outside', 'offset', 0xfffffff8],
    ['a size outside', 'size', 0x7fffffff],
    ['an offset and size whose sum wraps in 32 bits', 'size', 0xffffffff],
  ] as const) {
    it(`says EINVAL of ${problem}`, () => {
      const heap = spoilt(v11, (image) => image.patch32(record(137, field), value))
      assert.throws(() => heap.find(137), { code: 'EINVAL', item: 137 })
      const item = heap.items().find(({ id }) => id === 137)!
      assert.equal(item.error?.code, 'EINVAL')
      assert.equal(item.region?.port.base, BASE)
    })
  }

  it('ends region 0 at free_offset + available, not at the end of the image', () => {
    const heap = spoilt(v11, (image) => {
      const { offset } = image.item(469)
      image.patch32(heapInfo('freeOffset'), offset)
      image.patch32(heapInfo('available'), 8)
    })
    assert.throws(() => heap.find(469), { code: 'EINVAL' })
    assert.equal(heap.find(137).size, 24)
  })

  it('ends region 0 at the end of the image where the heap info claims more', () => {
    const heap = spoilt(v11, (image) => {
      image.patch32(heapInfo('available'), 0xffffffff)
      image.patch32(record(137, 'offset'), SIZE - 8)
    })
    assert.throws(() => heap.find(137), { code: 'EINVAL' })
    assert.throws(() => heap.freeSpace(), { code: 'EINVAL' })
  })

  it('lists the header structures as items 0 to 3', () => {
    const [procComm, info, toc, versions] = heapOf(buildImage(v11)).items()
    assert.deepEqual(
      [procComm, info, toc, versions].map((item) => [item?.id, item?.offset, item?.size]),
      [
        [0, 0, 64],
        [1, 0xc0, 16],
        [2, 0xd0, 8192],
        [3, 0x40, 128],
      ],
    )
  })

  it('takes any non-zero word for allocated', () => {
    const heap = spoilt(v11, (image) => image.patch32(record(137, 'allocated'), 0x80000000))
    assert.equal(heap.find(137).size, 24)
  })

  it('lists what a truncated image still has, and says that the rest is cut off', () => {
    const image = buildImage(v11)
    const [main] = image.regions
    const cut = { ...image, regions: [{ ...main!, bytes: main!.bytes.slice(0, 4096) }] }
    const heap = heapOf(cut as unknown as SmemImage)
    assert.deepEqual(shown(heap.items()), [
      '-/0',
      '-/1',
      '-/2!EINVAL',
      '-/3',
      '-/80!ENOENT',
      '-/137!EINVAL',
      '-/-!EINVAL',
    ])
    assert.throws(() => heap.find(469), { code: 'EINVAL' })
  })

  it('gives the same array while nothing changes, and sees an item allocated in between', () => {
    const image = buildImage(v11)
    const heap = heapOf(image)
    const before = heap.items()
    assert.equal(heap.items(), before)
    image.patch32(record(300, 'offset'), 0x20d0)
    image.patch32(record(300, 'size'), 8)
    image.patch32(record(300, 'allocated'), 1)
    const after = heap.items()
    assert.ok(after.some(({ id }) => id === 300))
    assert.equal(after[0], before[0])
    assert.equal(
      heap.find(300),
      after.find(({ id }) => id === 300),
    )
  })

  it('loads allocated, fences, and only then loads the rest of a record', () => {
    const [main] = regionsOf(buildImage(v11))
    const port = recording(main.port)
    const heap = new Heap([{ kind: 'main', port }])
    port.accesses.length = 0
    heap.find(137)
    const at = BASE + tocEntryOffset(137)
    assert.deepEqual(
      port.accesses.map((access) => (access.kind === 'fence' ? access.fence : access.address - at)),
      [0, 'load', 0, 4, 8, 12],
    )
    port.accesses.length = 0
    heap.find(137)
    assert.deepEqual(port.accesses, [])
  })

  it('lists by two passes with a fence between them', () => {
    const [main] = regionsOf(buildImage(v11))
    const port = recording(main.port)
    const heap = new Heap([{ kind: 'main', port }])
    port.accesses.length = 0
    heap.items()
    const toc = port.accesses.filter(
      (access) => access.kind === 'fence' || access.address < BASE + Header.size,
    )
    const fence = toc.findIndex(({ kind }) => kind === 'fence')
    assert.equal(fence, 2048)
    assert.deepEqual(toc.slice(0, fence), toc.slice(fence + 1, fence + 1 + 2048))
  })
})
