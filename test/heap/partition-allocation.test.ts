// SPDX-License-Identifier: MIT
// Allocation on both sides of a partition: every access of its execution, in order, and the requests that are
// refused, at their exact boundaries.

import assert from 'node:assert/strict'
import { recording } from '#lib/port/recording.js'
import type { SmemImage } from '#lib/testing/image.js'
import { execute } from '../port/executor.js'
import {
  accessesOf,
  allocate,
  assertSound,
  at,
  emptyPartition,
  FREE_CACHED,
  FREE_UNCACHED,
  open,
  planned,
  refused,
  shown,
  word,
} from './allocating.js'
import { BASE, v11, v12 } from './images.js'

describe('an allocation in a partition', () => {
  it('touches these words, in this order, on the uncached side', () => {
    const opened = open(v11)
    const start = opened.start(1)
    const free = opened.port.read32(start + FREE_UNCACHED)
    const cached = opened.port.read32(start + FREE_CACHED)
    assert.deepEqual(accessesOf(opened, { id: 0x123, size: 13, host: 1 }), [
      at('read', start + FREE_UNCACHED, free),
      at('read', start + FREE_CACHED, cached),
      at('write', start + free, 0x0123a5a5),
      at('write', start + free + 4, 16),
      at('write', start + free + 8, 3),
      'fence store',
      at('write', start + FREE_UNCACHED, free + 32),
    ])
    assertSound(opened)
  })

  it('touches these words, in this order, on the cached side', () => {
    const opened = open(v11)
    const start = opened.start(1)
    const free = opened.port.read32(start + FREE_UNCACHED)
    const cached = opened.port.read32(start + FREE_CACHED)
    assert.deepEqual(accessesOf(opened, { id: 0x123, size: 33, host: 1, cached: true }), [
      at('read', start + FREE_UNCACHED, free),
      at('read', start + FREE_CACHED, cached),
      at('write', start + cached - 32, 0x0123a5a5),
      at('write', start + cached - 28, 64),
      at('write', start + cached - 24, 31 | (16 << 16)),
      'fence store',
      at('write', start + FREE_CACHED, cached - 96),
    ])
    assertSound(opened)
  })

  it('with `zero` first clears the data with its padding, and nothing else', () => {
    for (const cached of [false, true]) {
      const opened = open(v12)
      const { plan, place, stored } = planned(opened.heap, {
        ...{ id: 0x123, size: 33, host: 2, cached, zero: true },
      })
      const recorder = recording(opened.port)
      execute(plan, recorder)
      const words = Array.from({ length: stored / 4 }, (_, i) =>
        at('write', place.offset + i * 4, 0),
      )
      assert.deepEqual(shown(recorder.accesses).slice(2, 2 + words.length), words)
      assert.equal(shown(recorder.accesses).length, 2 + words.length + 5)
    }
  })

  it('leads where the plan says', () => {
    for (const [host, cached] of [
      [undefined, false],
      [undefined, true],
      [1, true],
      [2, false],
    ] as const) {
      const opened = open(v12)
      const { place } = allocate(opened, { id: 0x123, size: 33, host, cached })
      const found = opened.heap.find(0x123, host)
      assert.deepEqual(
        [found.offset, found.size, found.cached, found.host, found.heap],
        [place.offset, 33, cached, host ?? null, 'partition'],
      )
      assert.equal(place.size, 33)
      assertSound(opened)
    }
  })

  it('starts cached data at a cache line, and takes whole ones', () => {
    for (const cacheline of [8, 32, 64, 128]) {
      const opened = emptyPartition(cacheline)
      for (const [i, size] of [1, cacheline, cacheline + 1].entries()) {
        const { place, stored } = allocate(opened, { id: 300 + i, size, host: 1, cached: true })
        assert.equal((BASE + place.offset) % cacheline, 0)
        assert.equal(stored, Math.ceil(size / cacheline) * cacheline)
      }
      assertSound(opened)
    }
  })

  it('refuses cached items where the cache line makes no sense', () => {
    const entryOf = ({ partitions: [modem] }: SmemImage) => modem!.entry
    for (const cacheline of [0, 1, 30, 33, 0x10000]) {
      const opened = open({ ...v11, partitions: [{ host0: 0, host1: 1, size: 0x1000 }] }, (image) =>
        word(image, entryOf(image) + 0x10, cacheline),
      )
      const request = { id: 300, size: 8, host: 1, force: true }
      refused(opened, { ...request, cached: true }, 'EINVAL', /cache line|cached items/)
      allocate(opened, request)
    }
    // A partition that does not end at a whole line has nowhere to start from.
    const crooked = open({ ...v11, partitions: [{ host0: 0, host1: 1, size: 0x1000 }] }, (image) =>
      word(image, entryOf(image) + 0x10, 112),
    )
    refused(crooked, { id: 300, size: 8, host: 1, cached: true, force: true }, 'EINVAL')
  })

  it('refuses what is on either list', () => {
    for (const id of [478, 480]) {
      for (const cached of [false, true]) {
        refused(open(v12), { id, size: 8, host: 1, cached }, 'EEXIST')
        refused(open(v12), { id, size: 8, host: 1, cached, force: true }, 'EEXIST')
      }
    }
  })

  it('keeps ids of different hosts apart, and serves a host without a partition globally', () => {
    const opened = open(v12)
    allocate(opened, { id: 478, size: 8, host: 2 })
    refused(opened, { id: 137, size: 8, host: 7 }, 'EEXIST')
    assert.equal(planned(opened.heap, { id: 200, size: 8, host: 7 }).place.host, null)
  })

  it('gives the last byte, and refuses the next one with ENOSPC', () => {
    const line = 64
    for (const [cached, header, unit] of [
      [false, 16, 8],
      [true, line, line],
    ] as const) {
      const opened = emptyPartition(line)
      const fits = Math.floor((opened.heap.freeSpace(1) - header) / unit) * unit
      refused(opened, { id: 300, size: fits + 1, host: 1, cached }, 'ENOSPC')
      allocate(opened, { id: 300, size: fits, host: 1, cached })
      const left = opened.heap.freeSpace(1)
      assert.ok(left < header + unit)
      refused(opened, { id: 301, size: 1, host: 1, cached }, 'ENOSPC')
      assertSound(opened)
    }
  })

  it('wraps nowhere near 4 GiB', () => {
    for (const size of [0xffffffe0, 0xfffffff0, 0xfffffff8, 0xffffffff]) {
      for (const cached of [false, true]) {
        refused(open(v12), { id: 300, size, host: 1, cached }, 'ENOSPC')
        refused(open(v12), { id: 300, size, host: 1, cached, force: true }, 'ENOSPC')
      }
    }
  })

  it('refuses free offsets that make no sense, also by force', () => {
    for (const [uncached, cached] of [
      [0x1c, 0x1000],
      [0x2000, 0x1000],
      [0x20, 0x2004],
      [0x22, 0x1000],
    ] as const) {
      const opened = open(v11, (image) => {
        const { offset } = image.partitions[0]!
        word(image, offset + FREE_UNCACHED, uncached)
        word(image, offset + FREE_CACHED, cached)
      })
      refused(opened, { id: 300, size: 8, host: 1 }, 'EINVAL')
      refused(opened, { id: 300, size: 8, host: 1, force: true }, 'EINVAL', /make no sense/)
    }
  })

  it('is stale once another has allocated on either side', () => {
    for (const cached of [false, true]) {
      const opened = open(v12)
      const early = planned(opened.heap, { id: 300, size: 8, host: 1 })
      allocate(opened, { id: 301, size: 8, host: 1, cached })
      assert.equal(execute(early.plan, opened.port), false)
      assert.equal(
        execute(planned(opened.heap, { id: 300, size: 8, host: 1 }).plan, opened.port),
        true,
      )
    }
  })
})
