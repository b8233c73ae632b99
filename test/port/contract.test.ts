// SPDX-License-Identifier: MIT
// The contract of MemoryPort, the same for memory of every kind.

import assert from 'node:assert/strict'
import { copyOut, readBytes } from '#lib/port/copy.js'
import { type MemoryPort, readPublished } from '#lib/port/port.js'
import { portKinds } from './ports.js'

const BASE = 0x86300000
const SIZE = 0x6004
const bytes = Uint8Array.from({ length: SIZE }, (_, i) => (i * 7 + (i >> 8)) & 0xff)
const wordAt = (offset: number) => new DataView(bytes.buffer).getUint32(offset, true)

for (const { name, open } of portKinds) {
  describe(`the port contract, ${name}`, () => {
    let port: MemoryPort
    beforeEach(() => {
      port = open(bytes, BASE, false)
    })
    afterEach(() => port.close())

    it('tells its base, size and that it cannot be written', () => {
      assert.deepEqual([port.base, port.size, port.writable], [BASE, SIZE, false])
    })

    it('reads unsigned little-endian words, the first and the last', () => {
      for (const offset of [0, 4, 0x1000, SIZE - 4]) {
        assert.equal(port.read32(offset), wordAt(offset))
      }
    })

    it('reads runs of words of any length, from aligned and odd words', () => {
      for (const [offset, count] of [
        [0, 1],
        [4, 1],
        [4, 2],
        [8, 7],
        [4, 33],
        [0, SIZE / 4],
        [SIZE, 0],
      ] as const) {
        const into = new Uint32Array(count)
        port.readWords(offset, into)
        assert.deepEqual(
          into,
          Uint32Array.from({ length: count }, (_, i) => wordAt(offset + i * 4)),
          `${count} words at ${offset}`,
        )
      }
    })

    for (const offset of [
      -4,
      1,
      2,
      4.5,
      SIZE,
      SIZE + 4,
      2 ** 32,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]) {
      it(`refuses to read at offset ${offset}`, () => {
        assert.throws(() => port.read32(offset), { name: 'SmemError', code: 'EINVAL' })
        assert.throws(() => port.readWords(offset, new Uint32Array(1)), { code: 'EINVAL' })
      })
    }

    it('reads a record by the word that publishes it, or not at all', () => {
      const published = new Uint32Array(3)
      assert.equal(readPublished(port, 8, published), true)
      assert.deepEqual([...published], [8, 12, 16].map(wordAt))
      const none = open(new Uint8Array(64).fill(1, 4), BASE, false)
      const into = new Uint32Array(3).fill(7)
      assert.equal(readPublished(none, 0, into), false)
      assert.deepEqual(into, new Uint32Array(3).fill(7))
      none.close()
      for (const offset of [-4, 2, SIZE - 8, SIZE, Number.NaN]) {
        assert.throws(() => readPublished(port, offset, into), { code: 'EINVAL' })
      }
      assert.deepEqual(into, new Uint32Array(3).fill(7))
    })

    it('refuses a run that ends outside, and reads nothing of it', () => {
      const into = new Uint32Array(2).fill(7)
      assert.throws(() => port.readWords(SIZE - 4, into), { code: 'EINVAL' })
      assert.deepEqual(into, new Uint32Array(2).fill(7))
    })

    it('refuses stores, and keeps the memory', () => {
      assert.throws(() => port.write32(0, 1), { name: 'SmemError', code: 'EROFS' })
      assert.throws(() => port.writeWords(0, new Uint32Array(2)), { code: 'EROFS' })
      assert.equal(port.read32(0), wordAt(0))
    })

    it('orders accesses', () => {
      for (const kind of ['load', 'store', 'full'] as const) port.fence(kind)
    })

    it('copies bytes of any offset and length', () => {
      for (const offset of [0, 1, 2, 3, 4, 7, 4093]) {
        for (const length of [0, 1, 2, 3, 4, 5, 8, 31, 4097, 0x5000]) {
          const expected = Buffer.from(bytes.subarray(offset, offset + length))
          assert.deepEqual(readBytes(port, offset, length), expected, `${length} at ${offset}`)
          const misaligned = new Uint8Array(length + 1).subarray(1)
          copyOut(port, offset, misaligned)
          assert.deepEqual(Buffer.from(misaligned), expected, `${length} at ${offset}, misaligned`)
        }
      }
      assert.throws(() => readBytes(port, SIZE - 1, 2), { code: 'EINVAL' })
      assert.throws(() => readBytes(port, 0.5, 2), { code: 'EINVAL' })
    })

    it('is closed once and for all', () => {
      port.close()
      port.close()
      assert.throws(() => port.read32(0), { name: 'SmemError', code: 'EBADF' })
      assert.throws(() => port.readWords(0, new Uint32Array(1)), { code: 'EBADF' })
      assert.throws(() => port.write32(0, 0), { code: 'EBADF' })
    })

    it('stores words when writable', () => {
      using writable = disposing(open(bytes, BASE, true))
      writable.port.write32(4, 0xdeadbeef)
      writable.port.writeWords(SIZE - 8, Uint32Array.of(1, 0xffffffff))
      writable.port.fence('store')
      assert.equal(writable.port.read32(4), 0xdeadbeef)
      assert.equal(writable.port.read32(SIZE - 8), 1)
      assert.equal(writable.port.read32(SIZE - 4), 0xffffffff)
      assert.equal(writable.port.read32(8), wordAt(8))
      assert.throws(() => writable.port.write32(SIZE, 0), { code: 'EINVAL' })
    })
  })
}

function disposing(port: MemoryPort): Disposable & { port: MemoryPort } {
  return { port, [Symbol.dispose]: () => port.close() }
}
