// SPDX-License-Identifier: MIT
// Allocation as a heap plans it: every access of its execution, in order, with the offsets of the format written
// out; and the requests that are refused, at their exact boundaries.

import assert from 'node:assert/strict'
import type { Allocation, AllocRequest } from '#lib/heap/allocation.js'
import { Heap } from '#lib/heap/heap.js'
import type { MemoryPort } from '#lib/port/port.js'
import { type Access, recording } from '#lib/port/recording.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { execute } from '../port/executor.js'
import { BASE, MESSAGE_RAM, regionsOf, SIZE, v11, v12 } from './images.js'

const FREE_OFFSET = 0xc4
const AVAILABLE = 0xc8
const FREE_UNCACHED = 0xc
const FREE_CACHED = 0x10
const record = (id: number) => 0xd0 + id * 16

interface Opened {
  readonly heap: Heap
  readonly port: MemoryPort
  readonly image: SmemImage
  /** Of the partition that serves a remote host. */
  start(host: number): number
}

function open(description: ImageDescription, spoil?: (image: SmemImage) => void): Opened {
  const image = buildImage(description)
  spoil?.(image)
  const regions = regionsOf(image)
  const start = (host: number) =>
    image.partitions.find(({ host0, host1 }) => host0 + host1 === host)!.offset
  return { heap: new Heap(regions), port: regions[0].port, image, start }
}

function planned(heap: Heap, request: AllocRequest): Allocation {
  const allocation = heap.planAlloc(request)
  if (allocation.refusal !== null) throw allocation.refusal
  return allocation
}

/** One line for each access, offsets from the base of region 0. */
function shown(accesses: readonly Access[]): string[] {
  return accesses.map((access) => {
    if (access.kind === 'fence') return `fence ${access.fence}`
    const offset = access.address - BASE
    return `${access.kind} 0x${offset.toString(16)} 0x${access.value.toString(16)}`
  })
}

const at = (kind: 'read' | 'write', offset: number, value: number) =>
  `${kind} 0x${offset.toString(16)} 0x${value.toString(16)}`

function accessesOf({ heap, port }: Opened, request: AllocRequest): string[] {
  const { plan } = planned(heap, request)
  const recorder = recording(port)
  assert.equal(execute(plan, recorder), true)
  return shown(recorder.accesses)
}

function allocate({ heap, port }: Opened, request: AllocRequest): Allocation {
  const allocation = planned(heap, request)
  assert.equal(execute(allocation.plan, port), true)
  return allocation
}

function refused(opened: Opened, request: AllocRequest, code: string, message?: RegExp) {
  const expected = message === undefined ? { code } : { code, message }
  assert.throws(() => planned(opened.heap, request), expected)
}

function assertSound({ heap }: Opened): void {
  assert.deepEqual(
    heap.check().filter(({ severity }) => severity === 'error'),
    [],
  )
}

/** A partition of the modem with nothing in it, and `cacheline`. */
function emptyPartition(cacheline: number): Opened {
  const partition = { host0: 0, host1: 1, size: 0x1000, cacheline }
  return open({ ...v11, partitions: [partition] })
}

/** Overwrites a word of an image. */
function word(image: SmemImage, offset: number, value: number): void {
  Buffer.from(image.regions[0]!.bytes.buffer).writeUInt32LE(value, offset)
}

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
      refused(boundless, { id: 200, size }, 'EINVAL')
      const code = size > 0xfffffff8 ? 'ENOMEM' : 'EINVAL'
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
