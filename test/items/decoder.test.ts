// SPDX-License-Identifier: MIT
// Decoders of a user's that go wrong: each item that they cannot read is told so, and nothing else breaks.

import assert from 'node:assert/strict'
import { type Decoder, type DecoderDescription, defineDecoder } from '#lib/items/decoder.js'
import { text, u32 } from '#lib/layout/scalar.js'
import { struct } from '#lib/layout/struct.js'
import { dissect } from './decode.js'

const bytes = Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0)
/** What the description makes of item 300; types do not hold users who have no compiler. */
const made = (description: object) => {
  const own = defineDecoder({ name: 'mine', items: [300], ...description } as DecoderDescription)
  return dissect(300, bytes, { own: [own] })
}
const returned = (value: unknown) => made({ decode: () => value })
const refused = (message: RegExp) => ({ name: 'SmemError', code: 'EINVAL', item: 300, message })

/** Arrays in each other. */
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
const cycle: Record<string, unknown> = { name: 'a' }
cycle.parts = [{ owner: cycle }]
class Project {
  readonly id = 1
}

describe('a decoder of a user’s', () => {
  it('that throws in `accepts` or `decode` cannot read the item, and is named', () => {
    const boom = () => {
      throw new TypeError('boom')
    }
    const failed = refused(/^the decoder mine failed: TypeError: boom$/)
    assert.throws(() => made({ decode: boom }), failed)
    assert.throws(() => made({ accepts: boom, decode: () => 1 }), failed)
    const tooFar: Decoder['accepts'] = (item) => item.read('far', u32, 100) === 1
    assert.throws(() => made({ accepts: tooFar, decode: () => 1 }), refused(/far takes 4 bytes/))
  })

  it('is asked first, and passed over where it does not accept the bytes', () => {
    assert.equal(made({ accepts: () => false, decode: () => 1 }), null)
    assert.equal(made({ accepts: () => true, decode: () => 1 })!.value, 1)
  })

  for (const [value, flaw] of [
    [undefined, /returned undefined$/],
    [5n, /returned a bigint$/],
    [{ serial: { low: 1, all: 5n } }, /a bigint at serial\.all$/],
    [{ 'a b': [1, Symbol('x')] }, /a symbol at \["a b"\]\[1\]$/],
    [[{ f() {} }], /a function at \[0\]\.f$/],
    [{ a: undefined }, /undefined at a$/],
    [cycle, /a value that holds itself at parts\[0\]\.owner$/],
    [nested(65), /objects more than 64 deep at (\[0\]){64}$/],
    [{ at: new Date(0) }, /an instance of Date at at$/],
    [new Map([[1, 2]]), /an instance of Map$/],
    [{ raw: bytes }, /an instance of Uint8Array at raw$/],
    [Promise.resolve({ a: 1 }), /an instance of Promise$/],
    [{ one: new Project() }, /an instance of Project at one$/],
  ] as const) {
    it(`may not return what is no JSON: ${flaw.source}`, () => {
      assert.throws(() => returned(value), refused(/^the decoder mine failed: it /))
      assert.throws(() => returned(value), refused(flaw))
    })
  }

  it('may return everything that is', () => {
    const twice = { a: 1 }
    const values = [
      null,
      false,
      0.5,
      '',
      [],
      {},
      Object.assign(Object.create(null), { a: 1 }),
      nested(64),
      // The same object in two places is no cycle.
      { first: twice, second: [twice, twice] },
    ]
    for (const value of values) assert.equal(returned(value)!.value, value)
    const fields = struct('two', { first: u32, second: text(4) })
    assert.deepEqual(made({ fields })!.value, { first: 1, second: '\x02' })
  })
})
