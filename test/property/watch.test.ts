// SPDX-License-Identifier: MIT
// A watch of memory that turns into nonsense and back: whatever the bytes, a sample throws nothing, and once the heap
// is set up anew it has the items that a listing has.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SmemError } from '#lib/errors.js'
import { Heap } from '#lib/heap/heap.js'
import { Decoders } from '#lib/items/decoders.js'
import { BytesPort } from '#lib/port/bytes.js'
import { Sampler } from '#lib/smem/watch/sampler.js'
import { damage, type Step, spoil } from './mutator.js'
import { shape, write } from './writer.js'

const seed = Number(process.env.QCOM_SMEM_SEED ?? 11_12)
/** The boot loader's word that says whether SMEM is set up. */
const INITIALIZED = 0xc0

interface Place {
  readonly id: number
  readonly host: number | null
  readonly offset: number
  readonly size: number
}

describe('a watch of spoiled memory', () => {
  for (const major of [11, 12] as const) {
    for (const kind of ['fields', 'noise'] as const) {
      it(`survives version ${major} under ${kind}, and finds what a listing finds`, () => {
        const spoiled = fc.array<Step[]>(damage[kind], { minLength: 1, maxLength: 8 })
        fc.assert(
          fc.property(shape(major), spoiled, (plan, steps) => watchThrough(write(plan), steps)),
          { numRuns: 150, seed },
        )
      })
    }
  }
})

function watchThrough(image: ReturnType<typeof write>, spoiled: readonly Step[][]): void {
  const padded = Buffer.alloc(Math.ceil(image.bytes.length / 4) * 4)
  const port = new BytesPort(padded, { base: image.base })
  const auxiliary = image.aux.map(({ base, bytes }) => {
    return { kind: 'aux' as const, port: new BytesPort(bytes, { base }) }
  })
  const scene = {
    regions: [{ kind: 'main' as const, port }, ...auxiliary] as const,
    view: { localHost: image.localHost, foreign: true },
    decoders: new Decoders(),
  }
  padded.set(image.bytes)
  const sampler = new Sampler(scene)
  sampler.sample()
  for (const steps of spoiled) {
    padded.set(spoil(image, steps).bytes)
    sampler.sample()
    const initialized = padded.readUInt32LE(INITIALIZED)
    padded.writeUInt32LE(0, INITIALIZED)
    sampler.sample()
    assert.deepEqual(sampler.spaces, [])
    padded.writeUInt32LE(initialized, INITIALIZED)
    sampler.sample()
    const listed = listing(scene)
    if (listed !== null)
      assert.deepEqual(
        sampler.watched.map(({ item }) => place(item)),
        listed,
      )
    assert.deepEqual(sampler.sample(), [])
  }
}

function place({ id, host, offset, size }: Place) {
  return [id, host, offset, size]
}

/** The items that can be read, of each id in each heap the first; null where no heap can be opened. */
function listing({ regions, view }: { regions: Heap['regions']; view: Heap['options'] }) {
  const found = new Map<string, unknown[]>()
  try {
    for (const item of new Heap(regions, view).items()) {
      const key = `${item.id}@${item.host}`
      if (item.error === null && !found.has(key)) found.set(key, place(item))
    }
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  }
  return [...found.values()]
}
