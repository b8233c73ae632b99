// SPDX-License-Identifier: MIT
// A wrong offset would be a wild access into the memory of a modem: it is refused natively too, whatever
// JavaScript value arrives.

import assert from 'node:assert/strict'
import type { NativeMapping } from '#lib/native/binding.js'
import { assertThrows, native, withMemfd } from './memory.js'

const POSITION = 4096
const SIZE = 256

function withMapping(writable: boolean, body: (memory: NativeMapping) => void): void {
  withMemfd(3 * 4096, (fd) => {
    const memory = native.map(fd, POSITION, SIZE, writable)
    body(memory)
    memory.close()
  })
}

const outside: [label: string, offset: unknown][] = [
  ['NaN', Number.NaN],
  ['a fraction', 4.5],
  ['a tiny fraction', Number.MIN_VALUE],
  ['one byte off', 1],
  ['two bytes off', 2],
  ['negative', -4],
  ['the end', SIZE],
  ['past the end', SIZE + 4],
  ['2^32', 2 ** 32],
  ['2^32 - 4', 2 ** 32 - 4],
  ['2^53', 2 ** 53],
  ['2^64', 2 ** 64],
  ['infinity', Number.POSITIVE_INFINITY],
  ['minus infinity', Number.NEGATIVE_INFINITY],
  ['nothing', undefined],
  ['null', null],
  ['a string', '0'],
  ['a bigint', 0n],
  ['an object', { valueOf: () => 0 }],
]

describe('native bounds', () => {
  for (const [label, value] of outside) {
    it(`refuses ${label} as an offset`, () => {
      const offset = value as number
      withMapping(true, (memory) => {
        const one = new Uint32Array(1)
        const refused = { code: 'EINVAL', syscall: undefined }
        assertThrows(() => memory.read32(offset), refused)
        assertThrows(() => memory.readWords(offset, one), refused)
        assertThrows(() => memory.readPublished(offset, one), refused)
        assertThrows(() => memory.write32(offset, 1), refused)
        assertThrows(() => memory.writeWords(offset, one), refused)
      })
    })
  }

  it('takes the first word, the last one, and -0', () => {
    withMapping(true, (memory) => {
      for (const offset of [0, -0, SIZE - 4]) {
        memory.write32(offset, 7)
        assert.equal(memory.read32(offset), 7)
      }
    })
  })

  it('refuses an array that is one word too long, before it touches it', () => {
    withMapping(true, (memory) => {
      const array = new Uint32Array(SIZE / 4).fill(9)
      assertThrows(() => memory.readWords(4, array), { code: 'EINVAL', address: POSITION + 4 })
      assertThrows(() => memory.writeWords(4, array), { code: 'EINVAL', address: POSITION + 4 })
      assert.ok(array.every((word) => word === 9))
      assert.equal(memory.read32(4), 0)
      memory.writeWords(0, array)
      assert.equal(memory.read32(SIZE - 4), 9)
    })
  })

  it('takes an empty array up to the end, and not beyond', () => {
    withMapping(true, (memory) => {
      const empty = new Uint32Array(0)
      memory.readWords(SIZE, empty)
      memory.writeWords(SIZE, empty)
      assertThrows(() => memory.readWords(SIZE + 4, empty), { code: 'EINVAL' })
    })
  })

  it('takes a Uint32Array and nothing else', () => {
    withMapping(true, (memory) => {
      const others = [
        new Int32Array(1),
        new Uint8Array(4),
        new DataView(new ArrayBuffer(4)),
        [0],
        4,
      ]
      for (const other of [...others, undefined]) {
        const array = other as unknown as Uint32Array
        assertThrows(() => memory.readWords(0, array), { code: 'EINVAL' })
        assertThrows(() => memory.writeWords(0, array), { code: 'EINVAL' })
      }
    })
  })

  it('stores a number and nothing else', () => {
    withMapping(true, (memory) => {
      memory.write32(0, 5)
      for (const value of ['1', undefined, null, 1n]) {
        assertThrows(() => memory.write32(0, value as unknown as number), { code: 'EINVAL' })
      }
      assert.equal(memory.read32(0), 5)
    })
  })

  it('refuses to store into a read-only mapping', () => {
    withMapping(false, (memory) => {
      const refused = { code: 'EROFS', errno: -30, syscall: undefined, address: POSITION + 8 }
      assertThrows(() => memory.write32(8, 1), refused)
      assertThrows(() => memory.writeWords(8, new Uint32Array(1)), refused)
      assert.equal(memory.read32(8), 0)
    })
  })
})
