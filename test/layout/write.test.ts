// SPDX-License-Identifier: MIT
// Structures written into ordinary memory: the way images are built.

import assert from 'node:assert/strict'
import { array, reserved, text, u8, u16, u32 } from '#lib/layout/scalar.js'
import { struct } from '#lib/layout/struct.js'

const Inner = struct('inner', { low: u16, high: u16 })
const Outer = struct('outer', {
  magic: u32,
  flag: u8,
  gap: reserved(3),
  name: text(4),
  inner: Inner,
  words: array(u32, 2),
})

const bytes = new Uint8Array(Outer.size + 8)
const view = new DataView(bytes.buffer)
const written = () => Buffer.from(bytes.subarray(4, 4 + Outer.size)).toString('hex')

describe('writing by structure', () => {
  beforeEach(() => bytes.fill(0xee))

  it('puts every field at its offset, little-endian, and keeps reserved bytes', () => {
    Outer.assign(view, 4, {
      magic: 0x11223344,
      flag: 0x7f,
      name: 'abc',
      inner: { low: 0x0102, high: 0x0304 },
      words: [1, 0xfffffffe],
    })
    assert.equal(
      written(),
      ['44332211', '7f', 'eeeeee', '61626300', '0201', '0403', '01000000', 'feffffff'].join(''),
    )
    assert.deepEqual([...bytes.subarray(0, 4), ...bytes.subarray(-4)], Array(8).fill(0xee))
  })

  it('leaves fields alone that are not given', () => {
    Outer.assign(view, 4, { flag: 1 })
    assert.equal(written(), `eeeeeeee01${'ee'.repeat(23 - 4)}`)
  })

  it('leaves the rest of an array alone', () => {
    Outer.fields.words.write(view, 0, [5])
    assert.deepEqual([...bytes.subarray(0, 8)], [5, 0, 0, 0, 0xee, 0xee, 0xee, 0xee])
  })

  it('reads back what it wrote', () => {
    const value = { low: 0xffff, high: 7 }
    Inner.write(view, 0, value)
    assert.deepEqual(Inner.read(view, 0), value)
  })

  it('writes text that fills its field without a NUL', () => {
    Outer.assign(view, 4, { name: 'full' })
    assert.equal(Outer.read(view, 4).name, 'full')
    assert.equal(bytes[4 + Outer.offsets.name + 4], 0xee)
  })

  it('refuses text and arrays that are longer than their field', () => {
    const tooLong = { name: 'SmemError', code: 'EINVAL' }
    assert.throws(() => Outer.assign(view, 4, { name: 'longer' }), tooLong)
    assert.throws(() => Outer.assign(view, 4, { words: [1, 2, 3] }), tooLong)
  })
})
