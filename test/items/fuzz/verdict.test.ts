// SPDX-License-Identifier: MIT
// The judge of decoders sees every way in which one could break its promises.

import assert from 'node:assert/strict'
import type { Decoder } from '#lib/items/decoder.js'
import { type Field, u32 } from '#lib/layout/scalar.js'
import { judge } from './verdict.js'

const decoder = (decode: Decoder['decode']): Decoder => ({
  name: 'odd',
  items: [9],
  summary: 'breaks promises',
  layout: 'any',
  source: 'none',
  decode,
})
const odd = (decode: (...parameters: Parameters<Decoder['decode']>) => unknown) => () =>
  judge(decoder(decode as Decoder['decode']), new Uint8Array(64), {
    id: 9,
    host: null,
    sibling: () => new Uint8Array(4),
  })
/** A field that says it is shorter than what it reads. */
const liar: Field<number> = { ...u32, size: 0 }
/** A field whose part lies beyond it. */
const sneak: Field<number> = { ...u32, parts: [{ name: '[0]', offset: 62, field: u32 }] }

describe('the judge of decoders', () => {
  const broken: [promise: string, decode: Parameters<typeof odd>[0], said: RegExp][] = [
    ['throws no SmemError', () => (undefined as unknown as { x: number }).x, /undefined/],
    ['reads outside', (item) => item.read('x', liar, 64), /outside/i],
    ['notes what is outside', (item) => item.read('x', sneak, 0), /x\[0\] is noted at 62, 4 bytes/],
    ['notes what is not there', (item) => ({ y: item.read('x', u32, 0) }), /nothing stands at "x"/],
    ['is not JSON', () => ({ x: undefined }), /undefined at \.x/],
    ['is not a number', () => [Number.NaN], /NaN at \[0\]/],
    ['is not plain', () => ({ when: new Date(0) }), /object at \.when/],
    ['says too much', () => new Array(30_000).fill(0), /30000 scalars/],
    ['writes too much', () => 'x'.repeat(200_000), /200000 letters/],
    [
      'never ends',
      (item) => {
        for (let look = 0; look < 20_000; look++) item.sibling(1)?.peek(u32, 0)
        return 0
      },
      /it looked 20000 times at 64 bytes/,
    ],
    [
      'has too many fields',
      (item) => {
        for (let look = 0; look < 6000; look++) item.read('x', u32, 0)
        return { x: 0 }
      },
      /6000 fields/,
    ],
    ['writes', (item) => item.bytes.fill(1).length, /it wrote to the item/],
    [
      'notes too much',
      (item) => {
        for (let i = 0; i < 200; i++) item.note('again')
        return 0
      },
      /200 notes/,
    ],
  ]
  for (const [promise, decode, said] of broken) {
    it(`sees a decoder that ${promise}`, () => {
      assert.throws(odd(decode), said)
    })
  }

  it('is content with a value, and with a refusal', () => {
    assert.deepEqual(odd((item) => ({ x: [item.read('x[0]', u32, 60)] }))(), {
      outcome: 'decoded',
      value: { x: [0] },
    })
    const refusing = odd((item) => {
      throw item.refuse('no')
    })
    assert.equal(refusing().outcome, 'refused')
  })
})
