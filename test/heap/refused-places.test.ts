// SPDX-License-Identifier: MIT
// Where nothing is allocated, by force or not: over what is there already, where nobody would find it, and in what is
// others'. And what stands in nobody's way.

import assert from 'node:assert/strict'
import { Heap } from '#lib/heap/heap.js'
import type { SmemImage } from '#lib/testing/image.js'
import {
  AVAILABLE,
  allocate,
  FREE_CACHED,
  FREE_OFFSET,
  FREE_UNCACHED,
  open,
  planned,
  record,
  refused,
  word,
} from './allocating.js'
import { heapOf, regionsOf, v11, v12 } from './images.js'

const request = { id: 300, size: 8 }
const forced = { ...request, force: true }
const headerOf = (image: SmemImage, id: number) =>
  image.items.find((item) => item.id === id)!.record

describe('an allocation in a partition, also by force,', () => {
  it('is not made into the last item of its side', () => {
    for (const [cached, freeWord, back] of [
      [false, FREE_UNCACHED, -8],
      [true, FREE_CACHED, 32],
    ] as const) {
      const opened = open(v12)
      const at = opened.start(1) + freeWord
      word(opened.image, at, opened.port.read32(at) + back)
      refused(opened, { ...request, host: 1, cached }, 'EINVAL', /partition-/)
      refused(opened, { ...forced, host: 1, cached }, 'EINVAL', /do not end at their free offset/)
    }
  })

  it('is not made behind a break, where nobody would find it', () => {
    for (const [id, cached] of [
      [428, false],
      [428, true],
      [480, true],
    ] as const) {
      const opened = open(v12, (image) => word(image, headerOf(image, id), 0))
      refused(
        opened,
        { ...forced, host: 1, cached },
        'EINVAL',
        /has no place for item 300: .*canary/,
      )
    }
  })

  it('is made on the side that is found first, where the other one is broken', () => {
    const opened = open(v12, (image) => word(image, headerOf(image, 480), 0))
    const { place } = allocate(opened, { ...forced, host: 1 })
    assert.equal(opened.heap.find(300, 1).offset, place.offset)
  })
})

describe('an allocation in the table of contents, also by force,', () => {
  it('does not reach into a partition or the partition table', () => {
    for (const place of [
      (image: SmemImage) => image.partitions[0]!.offset,
      (image: SmemImage) => image.partitions[0]!.offset - 8,
      (image: SmemImage) => image.ptable!,
    ]) {
      const opened = open(v11, (image) => {
        word(image, FREE_OFFSET, place(image))
        word(image, AVAILABLE, 0x100)
      })
      const zeroed = { id: 300, size: 16, zero: true }
      refused(opened, zeroed, 'ENOMEM', /into a partition or the partition table/)
      refused(opened, { ...zeroed, force: true }, 'ENOMEM')
    }
  })
})

describe('a request that the kernel refuses too', () => {
  it('is refused as by the kernel, also in a heap that is not sound', () => {
    const toc = open(v11, (image) => word(image, record(469) + 4, 0xf0000000))
    refused(toc, { id: 137, size: 20 }, 'EEXIST')
    refused(toc, { id: 300, size: 0x7fffffff }, 'ENOMEM')
    refused(toc, request, 'EINVAL', /not sound/)
    const partition = open(v12, (image) => word(image, headerOf(image, 428), 0))
    refused(partition, { id: 478, size: 8, host: 1 }, 'EEXIST')
  })
})

describe('what is wrong with items that are there', () => {
  it("stands in nobody's way: a region that is not known", () => {
    const [main] = regionsOf(open(v11).image)
    const heap = new Heap([main])
    assert.ok(heap.check().some(({ check, blocks }) => check === 'toc-region' && !blocks))
    assert.equal(planned(heap, request).place.id, 300)
  })

  it("stands in nobody's way: sizes that no allocator writes", () => {
    allocate(
      open(v11, (image) => word(image, record(137) + 8, 21)),
      request,
    )
    const empty = { host0: 0, host1: 1, size: 0x1000, items: [{ id: 9, size: 0 }] }
    allocate(open({ ...v12, partitions: [v12.partitions![0]!, empty] }), { ...request, host: 1 })
  })

  it('is not held against the global heap where it is in a partition of others', () => {
    const opened = open(v12, (image) => word(image, headerOf(image, 31), 0))
    const heap = heapOf(opened.image, { foreign: true })
    const [finding] = heap.check()
    assert.deepEqual(
      [finding?.check, finding?.host, finding?.blocks],
      ['partition-canary', null, false],
    )
    assert.equal(planned(heap, request).place.host, null)
  })
})
