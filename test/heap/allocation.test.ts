// SPDX-License-Identifier: MIT
// Allocation as a heap plans it: every access of its execution, in order, with the offsets of the format written
// out; and the requests that are refused, at their exact boundaries.

import assert from 'node:assert/strict'
import { execute } from '../port/executor.js'
import {
  AVAILABLE,
  accessesOf,
  allocate,
  assertSound,
  at,
  FREE_OFFSET,
  open,
  planned,
  record,
  refused,
  word,
} from './allocating.js'
import { MESSAGE_RAM, SIZE, v11, v12 } from './images.js'

describe('an allocation in the table of contents', () => {
  it('touches these words, in this order', () => {
    const opened = open(v11)
    const free = opened.port.read32(FREE_OFFSET)
    const available = opened.port.read32(AVAILABLE)
    assert.deepEqual(accessesOf(opened, { id: 200, size: 13 }), [
      at('read', record(200), 0),
      at('read', FREE_OFFSET, free),
      at('read', AVAILABLE, available),
      at('read', record(200) + 12, 0),
      at('write', record(200) + 4, free),
      at('write', record(200) + 8, 16),
      'fence store',
      at('write', record(200), 1),
      at('write', FREE_OFFSET, free + 16),
      at('write', AVAILABLE, available - 16),
    ])
  })

  it('with `zero` first clears the data, before anybody can find it', () => {
    const opened = open(v11)
    const free = opened.port.read32(FREE_OFFSET)
    for (const offset of [0, 4, 8, 12, 16]) opened.port.write32(free + offset, 0xdeadbeef)
    const accesses = accessesOf(opened, { id: 200, size: 13, zero: true })
    assert.deepEqual(
      accesses.slice(4, 9),
      [0, 4, 8, 12]
        .map((offset) => at('write', free + offset, 0))
        .concat(at('write', record(200) + 4, free)),
    )
    assert.equal(accesses.filter((access) => access.startsWith('write')).length, 9)
    assert.equal(opened.port.read32(free + 16), 0xdeadbeef)
  })

  it('leads where the plan says', () => {
    const opened = open(v11)
    const { place, stored } = allocate(opened, { id: 200, size: 13 })
    const { region, offset, size } = opened.heap.find(200)
    assert.deepEqual(
      [place.region, place.offset, place.size, stored, place.heap, place.host],
      [region, offset, size, 16, 'toc', null],
    )
    assertSound(opened)
  })

  it('takes back a region that an earlier boot left in the record', () => {
    const opened = open(v11, (image) => word(image, record(200) + 12, MESSAGE_RAM))
    const accesses = accessesOf(opened, { id: 200, size: 8 })
    assert.equal(accesses[3], at('read', record(200) + 12, MESSAGE_RAM))
    assert.deepEqual(accesses.slice(6, 8), [at('write', record(200) + 12, 0), 'fence store'])
    assert.equal(opened.heap.find(200).region.kind, 'main')
  })

  it('is stale once another has allocated', () => {
    const opened = open(v11)
    const early = planned(opened.heap, { id: 200, size: 8 })
    const sameId = planned(opened.heap, { id: 201, size: 8 })
    allocate(opened, { id: 201, size: 24 })
    const before = opened.image.regions[0]!.bytes.slice()
    assert.equal(execute(early.plan, opened.port), false)
    assert.equal(execute(sameId.plan, opened.port), false)
    assert.deepEqual(opened.image.regions[0]!.bytes, before)
  })

  it('refuses what is there already', () => {
    for (const id of [137, 80]) refused(open(v11), { id, size: 8 }, 'EEXIST')
    const opened = open(v11)
    allocate(opened, { id: 200, size: 8 })
    refused(opened, { id: 200, size: 8 }, 'EEXIST')
    refused(opened, { id: 200, size: 8, force: true }, 'EEXIST')
  })

  it('gives the last byte, and refuses the next one with ENOMEM', () => {
    const opened = open(v11)
    const available = opened.heap.freeSpace()
    refused(opened, { id: 200, size: available + 1 }, 'ENOMEM')
    refused(opened, { id: 200, size: available + 1, force: true }, 'ENOMEM')
    allocate(opened, { id: 200, size: available - 7 })
    assert.equal(opened.heap.freeSpace(), 0)
    refused(opened, { id: 201, size: 1 }, 'ENOMEM')
    assertSound(opened)
  })

  it('wraps nowhere near 4 GiB', () => {
    for (const size of [0xfffffff1, 0xfffffff8, 0xfffffff9, 0xffffffff]) {
      refused(open(v11), { id: 200, size }, 'ENOMEM')
      const boundless = open(v11, (image) => word(image, AVAILABLE, 0xffffffff))
      const code = size > 0xfffffff8 ? 'ENOMEM' : 'EINVAL'
      refused(boundless, { id: 200, size }, code)
      refused(boundless, { id: 200, size, force: true }, code)
    }
  })

  it('refuses heap info that makes no sense, also by force', () => {
    for (const free of [0x20cc, 0x20d2, SIZE - 4, SIZE + 8, 0xfffffff8]) {
      const opened = open(v11, (image) => word(image, FREE_OFFSET, free))
      refused(opened, { id: 200, size: 8, force: true }, 'EINVAL', /free space starts at/)
    }
  })

  it('has no cached items', () => {
    refused(open(v11), { id: 200, size: 8, cached: true }, 'EINVAL', /no cached items/)
  })
})

describe('a request', () => {
  it('names an item that can be allocated', () => {
    for (const id of [-1, 0, 1, 7, 512, 1.5, Number.NaN]) {
      refused(open(v11), { id, size: 8 }, 'EINVAL')
      refused(open(v11), { id, size: 8, force: true }, 'EINVAL')
    }
    allocate(open(v11), { id: 511, size: 8 })
    allocate(open(v12), { id: 699, size: 8, host: 1 })
    refused(open(v12), { id: 700, size: 8, host: 1 }, 'EINVAL')
  })

  it('takes item 8 and 0 bytes by force only', () => {
    for (const request of [
      { id: 8, size: 8 },
      { id: 200, size: 0 },
    ]) {
      for (const description of [v11, v12]) {
        refused(open(description), request, 'EINVAL')
        allocate(open(description), { ...request, force: true })
      }
    }
  })

  it('asks for a number of bytes', () => {
    for (const size of [-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY]) {
      refused(open(v11), { id: 200, size }, 'EINVAL')
      refused(open(v11), { id: 200, size, force: true }, 'EINVAL')
    }
  })
})

describe('a heap that is not sound', () => {
  it('refuses by a plan of guards only, which proves the accusation under the lock', () => {
    const opened = open(v11, (image) => word(image, record(469) + 4, 0xf0000000))
    const refusal = opened.heap.planAlloc({ id: 200, size: 8 })
    assert.equal(refusal.refusal?.code, 'EINVAL')
    assert.match(refusal.refusal!.message, /not sound \(toc-/)
    assert.deepEqual(
      refusal.plan.guards.map(({ offset }) => offset),
      [FREE_OFFSET, AVAILABLE],
    )
    assert.deepEqual(refusal.plan.steps, [])
    allocate(opened, { id: 200, size: 8, force: true })
  })

  it('is never allocated over, also by force', () => {
    const opened = open(v11, (image) => word(image, record(469) + 8, 0x4000))
    refused(opened, { id: 200, size: 8, force: true }, 'EINVAL', /overlap item 469/)
  })

  it('does not keep a sound partition from being used', () => {
    const opened = open(v12, (image) => {
      const { record: header } = image.items.find(({ id }) => id === 428)!
      word(image, header, 0)
    })
    refused(opened, { id: 300, size: 8, host: 1 }, 'EINVAL')
    allocate(opened, { id: 300, size: 8, host: 2 })
    allocate(opened, { id: 300, size: 8 })
  })
})

describe('a heap that was sound when we allocated last', () => {
  const refusal = ({ heap }: ReturnType<typeof open>) =>
    heap.planAlloc({ id: 210, size: 8 }).refusal
  const put = ({ image }: ReturnType<typeof open>, id: number, offset: number, size: number) => {
    for (const [i, value] of [1, offset, size].entries()) word(image, record(id) + i * 4, value)
  }
  /** Our own items 200 and 201, the second one not looked at yet. */
  function allocated() {
    const opened = open(v11)
    allocate(opened, { id: 200, size: 16 })
    const { offset } = allocate(opened, { id: 201, size: 16 }).place
    return { opened, offset }
  }

  it('is sound with our own item, as often as one is added', () => {
    const { opened } = allocated()
    for (let id = 202; id < 210; id++) allocate(opened, { id, size: 8 })
    assert.equal(refusal(opened), null)
    assertSound(opened)
  })

  it('refuses where another item lies over ours', () => {
    const { opened, offset } = allocated()
    put(opened, 202, offset + 8, 8)
    assert.match(refusal(opened)!.message, /toc-overlap/)
  })

  it('refuses where ours is not where it was planned, or not as large', () => {
    for (const [by, size] of [
      [-8, 16],
      [0, 24],
    ] as const) {
      const { opened, offset } = allocated()
      put(opened, 201, offset + by, size)
      assert.match(refusal(opened)!.message, /not sound \(toc-/)
    }
  })

  it('is sound where another item came first', () => {
    const { opened } = allocated()
    const { offset } = planned(opened.heap, { id: 202, size: 8 }).place
    put(opened, 203, offset, 24)
    word(opened.image, FREE_OFFSET, offset + 24)
    word(opened.image, AVAILABLE, opened.port.read32(AVAILABLE) - 24)
    assert.equal(allocate(opened, { id: 202, size: 8 }).place.offset, offset + 24)
    assert.equal(refusal(opened), null)
  })

  it('refuses where the free offset has gone back before ours', () => {
    const { opened, offset } = allocated()
    word(opened.image, FREE_OFFSET, offset)
    assert.match(refusal(opened)!.message, /not sound \(toc-/)
  })
})
