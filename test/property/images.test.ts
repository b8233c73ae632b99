// SPDX-License-Identifier: MIT
// The library and an independent reader look at the same images, 100,000 of them spoiled. They must tell
// the same: every element in the same order with the same error code, or the same fatal one. Nothing may
// throw but a SmemError, read without end, or hide what is healthy. QCOM_SMEM_SEED gives other images.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { compare } from './comparison.js'
import { damage, described, type Step, spoil } from './mutator.js'
import { read } from './reader.js'
import { type Shape, shape, write } from './writer.js'

const seed = Number(process.env.QCOM_SMEM_SEED ?? 11_12)
/** An emulated processor may be given fewer. */
const wanted = Number(process.env.QCOM_SMEM_IMAGES ?? 100_000)
const kinds = Object.keys(damage) as (keyof typeof damage)[]
const majors = [11, 12] as const
const share = Math.ceil(wanted / (kinds.length * majors.length))
const told = {
  fields: 'any field holds what it should not',
  noise: 'words flip and structures overwrite each other',
  truncations: 'the end is missing',
  everything: 'everything goes wrong at once',
} satisfies Record<keyof typeof damage, string>

describe('two readers of one image', function () {
  this.timeout(600_000)
  let compared = 0

  for (const major of majors) {
    it(`agree on healthy images of version ${major}, and see all that was written`, () => {
      fc.assert(fc.property(shape(major), healthy), { numRuns: 500, seed })
    })

    for (const kind of kinds) {
      it(`agree on version ${major} where ${told[kind]}`, () => {
        // By its length an array decides how many images one run compares, so runs are added as needed.
        const end = compared + share
        for (let round = 0; compared < end; round++) {
          const batch = fc.array<Step[]>(damage[kind], { minLength: 1, maxLength: 64, size: 'max' })
          const property = fc.property(shape(major), batch, (plan, spoiled) => {
            compared += all(plan, spoiled)
          })
          fc.assert(property, { numRuns: 50, seed: seed + round })
        }
      })
    }
  }

  it('agree where SMEM ends at 4 GiB, in the size of real ones', () => {
    for (const major of majors) {
      const [plan] = fc.sample(shape(major), { numRuns: 1, seed })
      for (const size of [0x32000, 0x200000]) {
        const image = write({ ...plan!, size, place: 'edge' })
        assert.equal(image.base + image.bytes.length, 2 ** 32)
        compare(image)
      }
    }
  })

  it(`have compared at least ${wanted} spoiled images`, () => {
    assert.ok(compared >= wanted, `${compared} images`)
  })
})

function healthy(plan: Shape): void {
  const image = write(plan)
  compare(image)
  const reading = read(image)
  assert.equal(reading.exit, 0)
  const seen = (reading.exit === 0 ? reading.items : []).filter(({ error }) => error === null)
  const places = seen.map(
    ({ id, region, offset, size }) => `${id} ${Number(region)} ${offset} ${size}`,
  )
  const written = image.placed.map(
    ({ id, region, offset, size }) => `${id} ${region} ${offset} ${size}`,
  )
  assert.deepEqual(places.sort(), written.sort())
}

/** Each damage is done to an image of its own. Returns their number. */
function all(plan: Shape, spoiled: readonly Step[][]): number {
  const image = write(plan)
  for (const steps of spoiled) {
    try {
      compare(spoil(image, steps))
    } catch (error) {
      const done = JSON.stringify(described(image, steps))
      throw new Error(`after ${done}: ${(error as Error).message}`, { cause: error })
    }
  }
  return spoiled.length
}
