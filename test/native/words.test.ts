// SPDX-License-Identifier: MIT
// Words go between a mapping and ordinary memory, whole and in their place, whatever the length, the
// alignment, and the width of the loads.

import assert from 'node:assert/strict'
import { readSync, writeSync } from 'node:fs'
import { native, withMemfd } from './memory.js'

const SIZE = 4096

/** Every byte different from its neighbours. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8) * 13) & 0xff)
}

describe('native words', () => {
  it('reads the little-endian word at an offset, unsigned', () => {
    withMemfd(SIZE, (fd) => {
      writeSync(fd, Uint8Array.of(0xef, 0xbe, 0xad, 0xde), 0, 4, 8)
      const memory = native.map(fd, 0, SIZE, false)
      assert.equal(memory.read32(8), 0xdeadbeef)
      assert.equal(memory.read32(4), 0)
      assert.equal(memory.read32(12), 0)
      memory.close()
    })
  })

  it('stores one word and touches no other byte', () => {
    withMemfd(SIZE, (fd) => {
      const memory = native.map(fd, 0, SIZE, true)
      memory.writeWords(0, new Uint32Array(SIZE / 4).fill(0xffffffff))
      memory.write32(16, 0x01020304)
      memory.write32(SIZE - 4, 0)
      const bytes = new Uint8Array(SIZE)
      readSync(fd, bytes, 0, SIZE, 0)
      const expected = new Uint8Array(SIZE).fill(0xff)
      expected.set([4, 3, 2, 1], 16)
      expected.fill(0, SIZE - 4)
      assert.deepEqual(bytes, expected)
      memory.close()
    })
  })

  it('stores numbers as a Uint32Array does', () => {
    withMemfd(SIZE, (fd) => {
      const memory = native.map(fd, 0, SIZE, true)
      for (const value of [0, 1, 0x80000000, 0xffffffff, -1, 2 ** 32, 1.9]) {
        memory.write32(0, value)
        assert.equal(memory.read32(0), value >>> 0)
      }
      memory.close()
    })
  })

  for (const wide of [false, true]) {
    it(`fills arrays of any length from any word (${wide ? '64' : '32'}-bit loads)`, () => {
      withMemfd(SIZE, (fd) => {
        const bytes = pattern(SIZE)
        writeSync(fd, bytes, 0, SIZE, 0)
        const words = new Uint32Array(bytes.buffer)
        const memory = native.map(fd, 0, SIZE, false, wide)
        for (let offset = 0; offset <= 16; offset += 4) {
          for (let count = 0; count <= 35; count++) {
            for (const shift of [1, 2]) {
              // A guard on each side, and a target that is not aligned to 8.
              const target = new Uint32Array(count + 4).fill(0x5a5a5a5a)
              memory.readWords(offset, target.subarray(shift, shift + count))
              const expected = new Uint32Array(count + 4).fill(0x5a5a5a5a)
              expected.set(words.subarray(offset / 4, offset / 4 + count), shift)
              assert.deepEqual(target, expected, `${count} words from ${offset}`)
            }
          }
        }
        const end = new Uint32Array(9)
        memory.readWords(SIZE - 36, end)
        assert.deepEqual(end, words.slice(-9))
        memory.close()
      })
    })
  }

  it('stores arrays of any length at any word, and nothing beside them', () => {
    withMemfd(SIZE, (fd) => {
      const memory = native.map(fd, 0, SIZE, true)
      const values = new Uint32Array(pattern(SIZE).buffer)
      for (let offset = 0; offset <= 12; offset += 4) {
        for (let count = 0; count <= 19; count++) {
          memory.writeWords(0, new Uint32Array(32).fill(0x5a5a5a5a))
          memory.writeWords(offset, values.subarray(1, 1 + count))
          const expected = new Uint32Array(32).fill(0x5a5a5a5a)
          expected.set(values.subarray(1, 1 + count), offset / 4)
          const found = new Uint32Array(32)
          memory.readWords(0, found)
          assert.deepEqual(found, expected, `${count} words at ${offset}`)
        }
      }
      memory.close()
    })
  })

  it('copies 2 MiB exactly', () => {
    const size = 2 * 1024 * 1024
    withMemfd(size, (fd) => {
      const source = new Uint32Array(size / 4).map((_, i) => Math.imul(i, 0x9e3779b1))
      const memory = native.map(fd, 0, size, true, true)
      memory.writeWords(0, source)
      const copy = new Uint32Array(size / 4)
      memory.readWords(0, copy)
      assert.ok(Buffer.from(copy.buffer).equals(Buffer.from(source.buffer)))
      memory.close()
    })
  })

  it('fills memory that threads share', () => {
    withMemfd(SIZE, (fd) => {
      const memory = native.map(fd, 0, SIZE, true)
      memory.write32(4, 42)
      const shared = new Uint32Array(new SharedArrayBuffer(16))
      memory.readWords(0, shared)
      assert.equal(shared[1], 42)
      memory.close()
    })
  })

  it('leaves a detached array alone', () => {
    withMemfd(SIZE, (fd) => {
      const memory = native.map(fd, 0, SIZE, true)
      const array = new Uint32Array(4)
      structuredClone(array.buffer, { transfer: [array.buffer] })
      assert.equal(memory.readWords(0, array), undefined)
      assert.equal(memory.writeWords(0, array), undefined)
      memory.close()
    })
  })
})

describe('native fences', () => {
  for (const fence of ['fenceLoad', 'fenceStore', 'fenceFull'] as const) {
    it(`${fence} returns nothing and can be called detached`, () => {
      const call = native[fence]
      assert.equal(call(), undefined)
    })
  }

  it('the module says what it was compiled for', () => {
    assert.equal(native.architecture, process.arch)
  })
})
