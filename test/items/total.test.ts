// SPDX-License-Identifier: MIT
// What holds for every decoder of ours: golden bytes that it reads, an answer to any bytes at all, and fields that
// lead from bytes to values.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Decoders } from '#lib/items/decoders.js'
import { builtinDecoders } from '#lib/items/registry.js'
import { judge } from './fuzz/verdict.js'
import { goldenOf } from './golden/all.js'

const decoders = new Decoders()
const none = () => null

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc.uint8Array({ maxLength: 5000, size: 'max' }),
  fc.tuple(fc.nat(5000), fc.nat(255)).map(([size, byte]) => new Uint8Array(size).fill(byte)),
)
const host = fc.option(fc.nat(30))

/** Where the golden bytes are changed, by shares of their size, and to what; then how long they are. */
const damage = fc.record({
  words: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(0xffffffff)), {
    maxLength: 8,
  }),
  length: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 2, noNaN: true })),
})

function damaged(
  golden: Uint8Array,
  { words, length }: { words: (readonly [number, number])[]; length: number },
): Uint8Array {
  const copy = new Uint8Array(Math.floor(golden.length * length))
  copy.set(golden.subarray(0, copy.length))
  const view = new DataView(copy.buffer)
  for (const [share, value] of words) {
    const at = Math.floor((share * copy.length) / 4) * 4
    if (at + 4 <= copy.length) view.setUint32(at, value, true)
  }
  return copy
}

describe('decoders', () => {
  it('have a name each, and say what they tell, know and follow', () => {
    const names = builtinDecoders.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length)
    for (const { name, summary, layout, source, items } of builtinDecoders) {
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/)
      for (const said of [summary, layout, source]) assert.match(said, /^[^\n|]{5,160}$/, name)
      assert.ok(items.length > 0 && new Set(items).size === items.length, name)
    }
  })

  for (const decoder of builtinDecoders) {
    const { name, items } = decoder

    it(`${name} reads its golden items, and is the one that is asked for them`, async () => {
      const golden = await goldenOf(name)
      assert.ok(golden.length > 0, `test/items/golden/${name}.ts is missing`)
      for (const { id, bytes, siblings = {} } of golden) {
        assert.ok(items.includes(id), `${name} does not know item ${id}`)
        const context = { id, host: null, sibling: (other: number) => siblings[other] ?? null }
        assert.equal(decoders.dissect(bytes, context)?.decoder, name)
        const { outcome, value } = judge(decoder, bytes, context)
        assert.equal(outcome, 'decoded')
        assert.deepEqual(JSON.parse(JSON.stringify(value)), value)
      }
    })

    it(`${name} has an answer to any bytes`, () => {
      const property = fc.property(fc.constantFrom(...items), host, bytes, (id, host, bytes) => {
        judge(decoder, bytes, { id, host, sibling: none })
      })
      fc.assert(property, { numRuns: 200 })
    })

    it(`${name} has an answer to its golden items spoiled`, async () => {
      const golden = await goldenOf(name)
      const property = fc.property(
        fc.constantFrom(...golden),
        damage,
        fc.dictionary(fc.constantFrom('own', 'zero'), damage, { maxKeys: 1 }),
        ({ id, bytes, siblings = {} }, done, elsewhere) => {
          const sibling = (other: number) => {
            const known = siblings[other]
            if (known === undefined) return null
            return elsewhere.own === undefined ? known : damaged(known, elsewhere.own)
          }
          const { value } = judge(decoder, damaged(bytes, done), { id, host: null, sibling })
          assert.deepEqual(JSON.parse(JSON.stringify(value)), value)
        },
      )
      fc.assert(property, { numRuns: 200 })
    })
  }
})
