// SPDX-License-Identifier: MIT
// What a sample reads, and what it must not miss: changes at any moment, also while the sample is being taken.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Decoders } from '#lib/items/decoders.js'
import { BytesPort } from '#lib/port/bytes.js'
import type { MemoryPort } from '#lib/port/port.js'
import { type Access, recording } from '#lib/port/recording.js'
import { Sampler, type SamplerOptions } from '#lib/smem/watch/sampler.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { v11, v12 } from '../heap/images.js'
import { imageOf, MODEM, MODEM_COUNTER, PLAIN } from './watched.js'

const decoders = new Decoders()
const view = { localHost: 0, foreign: false }

function samplerOf(ports: readonly MemoryPort[], options: SamplerOptions): Sampler {
  const [main, ...auxiliary] = ports.map((port, i) => {
    return { kind: i === 0 ? ('main' as const) : ('aux' as const), port }
  })
  return new Sampler({ regions: [main!, ...auxiliary], view, decoders }, options)
}

const portsOf = ({ regions }: SmemImage) =>
  regions.map(({ base, bytes }) => new BytesPort(bytes, { base }))

/** What samples after the first one read, and the sampler. */
function readBy(image: SmemImage, options: SamplerOptions = {}) {
  const accesses: Access[] = []
  const sampler = samplerOf(
    portsOf(image).map((port) => recording(port, accesses)),
    options,
  )
  sampler.sample()
  accesses.length = 0
  sampler.sample()
  const read = accesses.flatMap((access) => (access.kind === 'read' ? [access.address] : []))
  return { sampler, read }
}

describe('a sample', () => {
  it('reads the words that tell of allocations, and those of the watched items with their records', () => {
    const image = imageOf(12, [{ id: MODEM_COUNTER, size: 8 }])
    const { read, sampler } = readBy(image, { items: [PLAIN] })
    const { base } = image.regions[0]!
    const { offset, record, size } = image.item(PLAIN, 0)
    const words = (start: number, bytes: number) =>
      Array.from({ length: bytes / 4 }, (_, i) => base + start + i * 4)
    const expected = [
      ...words(0xc0, 16),
      ...words(record, offset + size - record),
      ...image.partitions.slice(0, 2).flatMap((partition) => words(partition.offset, 32)),
      ...words(image.ptable!, 32),
    ]
    assert.deepEqual(
      read,
      expected.sort((a, b) => a - b),
    )
    assert.equal(sampler.cost.bytes, read.length * 4)
  })

  it('leaves partitions of others, and memory without items, alone', () => {
    for (const description of [v11, v12]) {
      const image = buildImage(description)
      const { read, sampler } = readBy(image)
      const all = sampler.watched
      const mine = image.partitions.filter(({ host0, host1 }) => host0 * host1 === 0 || host0 > 2)
      const allowed = (address: number) =>
        all.some(
          ({ item }) => address >= item.address - 16 - 3 && address < item.address + item.size + 80,
        ) ||
        address < image.regions[0]!.base + 0x20d0 ||
        address >= image.regions[0]!.base + image.ptable! ||
        mine.some(({ offset }) => {
          const at = address - image.regions[0]!.base - offset
          return at >= 0 && at < 32
        })
      assert.deepEqual(
        read.filter((address) => !allowed(address)),
        [],
      )
      assert.ok(all.length >= 4)
    }
  })

  it('takes few calls for many items, and reads little in between', () => {
    const items = Array.from({ length: 200 }, (_, i) => ({ id: 100 + i, size: 8 + (i % 5) * 8 }))
    const wanted = items.reduce((sum, { size }) => sum + size + 16, 0)
    for (const version of [11, 12] as const) {
      const image = buildImage({
        version,
        base: 0x86000000,
        size: 0x20000,
        ...(version === 11
          ? { global: items }
          : { partitions: [{ global: true, size: 0x10000, items }] }),
      })
      const { sampler } = readBy(image)
      assert.ok(sampler.cost.reads < 8, `${sampler.cost.reads} calls`)
      assert.ok(sampler.cost.bytes < wanted * 1.25 + 200, `${sampler.cost.bytes} of ${wanted}`)
    }
  })

  it('does not read what lies between items that are far apart', () => {
    const items = Array.from({ length: 64 }, (_, i) => ({ id: 200 + i, size: 64 }))
    const image = buildImage({
      version: 12,
      base: 0x86000000,
      size: 0x20000,
      partitions: [{ global: true, size: 0x10000, items }],
    })
    const { sampler } = readBy(image, { items: [200, 230, 260] })
    assert.ok(sampler.cost.bytes < 3 * 80 + 100, `${sampler.cost.bytes} bytes`)
  })
})

/** A port that changes under its reader: before its `at`-th word from now is read, `act` is called. */
function changing(port: BytesPort) {
  const plan = { at: Number.POSITIVE_INFINITY, act: () => {} }
  const step = () => {
    if (plan.at-- === 0) plan.act()
  }
  return {
    plan,
    port: {
      ...recording(port),
      read32: (offset: number) => {
        step()
        return port.read32(offset)
      },
      readWords: (offset: number, into: Uint32Array) => {
        for (let i = 0; i < into.length; i++) {
          step()
          into[i] = port.read32(offset + i * 4)
        }
      },
      accesses: [],
    },
  }
}

describe('a change that lasts for two samples', () => {
  it('is told by the second at the latest, at whatever moment it comes', () => {
    const modem = [{ id: MODEM_COUNTER, size: 24 }]
    const build = () => imageOf(12, modem)
    const change = fc.record({
      /** At which word of a sample; beyond its end, between two samples. */
      at: fc.nat(120),
      word: fc.nat(9),
      value: fc.integer({ min: 1, max: 0x7fffffff }),
      inModem: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const image = build()
        const [bytes] = image.regions
        const { plan, port } = changing(new BytesPort(bytes!.bytes, { base: bytes!.base }))
        const sampler = samplerOf([port], { items: [PLAIN, { host: MODEM }] })
        sampler.sample()
        for (const { at, word, value, inModem } of changes) {
          const place = inModem ? image.item(MODEM_COUNTER, 1) : image.item(PLAIN, 0)
          const offset = place.offset + (word % (place.size / 4)) * 4
          let changed = false
          plan.at = at
          plan.act = () => {
            changed = image.read32(offset) !== value
            image.patch32(offset, value)
          }
          const events = [...sampler.sample()]
          if (plan.at >= 0) plan.act()
          plan.at = Number.POSITIVE_INFINITY
          events.push(...sampler.sample())
          const told = events.filter(({ id, words }) => {
            return id === place.id && words?.some(({ after }) => after === value)
          })
          assert.equal(told.length, changed ? 1 : 0)
        }
      }),
    )
  })

  it('is told also when the heap grows, or is set up anew, in the midst of a sample', () => {
    const image = imageOf(12, [{ id: MODEM_COUNTER, size: 24 }])
    const grown = imageOf(12, [
      { id: MODEM_COUNTER, size: 24 },
      { id: 470, size: 16 },
    ])
    const anew = imageOf(12, [
      { id: 471, size: 48 },
      { id: MODEM_COUNTER, size: 24 },
    ])
    for (const [next, found] of [
      [grown, [MODEM_COUNTER, 470]],
      [anew, [MODEM_COUNTER, 471]],
    ] as const) {
      for (let at = 0; at < 120; at++) {
        const bytes = Uint8Array.from(image.bytes)
        const { plan, port } = changing(new BytesPort(bytes, { base: 0x86000000 }))
        const sampler = samplerOf([port], { items: [{ host: MODEM }] })
        sampler.sample()
        plan.at = at
        plan.act = () => bytes.set(next.bytes)
        sampler.sample()
        if (plan.at >= 0) plan.act()
        plan.at = Number.POSITIVE_INFINITY
        sampler.sample()
        assert.deepEqual(
          sampler.watched.map(({ item }) => item.id),
          found,
          `at word ${at}`,
        )
        assert.deepEqual(sampler.sample(), [])
        const { offset } = next.item(MODEM_COUNTER, 1)
        bytes[offset + 3] = 9
        assert.deepEqual(
          sampler.sample().map(({ kind, id }) => [kind, id]),
          [['changed', MODEM_COUNTER]],
          `at word ${at}`,
        )
      }
    }
  })
})
