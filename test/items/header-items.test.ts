// SPDX-License-Identifier: MIT
// The items that are parts of the header: mailboxes, heap info, the words of a reset.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'

const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer)

describe('the mailboxes', () => {
  it('are four of four words', () => {
    const bytes = words(...Array.from({ length: 16 }, (_, i) => i))
    assert.deepEqual(decode(0, bytes), [
      { command: 0, status: 1, data1: 2, data2: 3 },
      { command: 4, status: 5, data1: 6, data2: 7 },
      { command: 8, status: 9, data1: 10, data2: 11 },
      { command: 12, status: 13, data1: 14, data2: 15 },
    ])
    assert.throws(() => decode(0, bytes.subarray(0, 63)), { code: 'EINVAL', item: 0 })
  })
})

describe('the heap info', () => {
  it('has the size of the heap, which is what is used and what is free', () => {
    const { value, notes } = dissect(1, words(1, 0x5000, 0x1000, 0))!
    assert.deepEqual(value, {
      ...{ initialized: 1, freeOffset: 0x5000, available: 0x1000, reserved: 0 },
      total: 0x6000,
    })
    assert.deepEqual(notes, [])
    assert.throws(() => decode(1, Buffer.alloc(15)), { code: 'EINVAL', item: 1 })
  })

  it('says what no driver would accept', () => {
    const { notes, value } = dissect(1, words(2, 0xffffffff, 1, 3))!
    assert.equal((value as { total: number }).total, 0x100000000)
    assert.deepEqual(
      notes.map((note) => note.split(' ')[0]),
      ['initialized', 'reserved', 'freeOffset'],
    )
  })
})

describe('the words of a reset', () => {
  it('are two, whose values nobody has published', () => {
    assert.deepEqual(decode(4, words(0x11223344, 2)), { magic1: 0x11223344, magic2: 2 })
    assert.throws(() => decode(4, Buffer.alloc(7)), { code: 'EINVAL', item: 4 })
  })
})
