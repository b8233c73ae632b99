// SPDX-License-Identifier: MIT
// Locks that are words in SMEM: the array and the DAL area.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { golden as dal } from './golden/dal-area.js'
import { golden as array } from './golden/spinlock-array.js'

describe('the spinlock array', () => {
  const { bytes } = array[0]!

  it('has eight locks with their owners', () => {
    const { locks } = decode(7, bytes) as unknown as { locks: Record<string, unknown>[] }
    assert.equal(locks.length, 8)
    assert.deepEqual(locks.slice(2, 5), [
      { index: 2, owner: 2, free: false },
      { index: 3, owner: 1, free: false },
      { index: 4, owner: 0, free: true },
    ])
  })

  it('is refused in 31 bytes', () => {
    assert.throws(() => decode(7, bytes.subarray(0, 31)), { code: 'EINVAL', item: 7 })
  })
})

describe('the DAL area', () => {
  const bytes = Buffer.from(dal[0]!.bytes)

  it('has its chunks from the first one on', () => {
    const { value, notes, fields } = dissect(404, bytes)!
    assert.deepEqual(value, {
      chunks: [
        { size: 0x120, name: 'I2C02000021', lock: 1, type: 3, version: 2 },
        { size: 0x40, name: 'TWELVE_CHARS', lock: 0, type: 4, version: 1 },
      ],
    })
    assert.deepEqual(notes, ['the list is taken to start at 64, by its looks'])
    assert.deepEqual(fields[2], { path: 'chunks[0].lock', offset: 0x50, size: 4 })
  })

  it('is empty where nothing looks like a chunk', () => {
    assert.deepEqual(decode(404, Buffer.alloc(0x1000)), { chunks: [] })
    assert.deepEqual(decode(404, Buffer.alloc(0)), { chunks: [] })
  })

  it('ends where a chunk leads outside, or nowhere', () => {
    for (const size of [0xfff, 0, 16, 0x41]) {
      const broken = Buffer.from(bytes)
      broken.writeUInt32LE(size, 0x160)
      assert.equal((decode(404, broken) as unknown as { chunks: [] }).chunks.length, 1)
    }
  })

  it('has 256 chunks at most', () => {
    const many = Buffer.alloc(1000 * 32)
    for (let at = 0; at < many.length; at += 32) {
      many.writeUInt32LE(32, at)
      many.write('x', at + 4)
    }
    assert.equal((decode(404, many) as unknown as { chunks: [] }).chunks.length, 256)
  })
})
