// SPDX-License-Identifier: MIT
// Physical memory made of pieces of files.

import assert from 'node:assert/strict'
import { UnpackedBytes } from '#lib/dump/dump-file.js'
import { PhysicalMemory, type Segment } from '#lib/dump/memory.js'

const file = new UnpackedBytes(
  'dump',
  Uint8Array.from({ length: 64 }, (_, i) => i),
)
const other = new UnpackedBytes('other', new Uint8Array(64).fill(7))
const piece = (base: number, size: number, position = 0, from = file): Segment => ({
  ...{ base, size, position, file: from },
})

describe('physical memory', () => {
  const memory = new PhysicalMemory([
    piece(0x130, 16, 8),
    piece(0x100, 32),
    piece(0x120, 16, 0, other),
  ])

  it('is sorted, and as large as its pieces', () => {
    assert.deepEqual(
      memory.segments.map(({ base }) => base),
      [0x100, 0x120, 0x130],
    )
    assert.equal(memory.size, 64)
  })

  it('reads across pieces', () => {
    const into = new Uint8Array(20)
    memory.read(0x11e, into)
    assert.deepEqual([...into], [30, 31, ...Array(16).fill(7), 8, 9])
  })

  it('finds the piece of an address among many, and where there is none', () => {
    const many = new PhysicalMemory(
      Array.from({ length: 100 }, (_, i) => piece(0x1000 + i * 32, 16, i % 48)),
    )
    for (let address = 0xff0; address < 0x1000 + 3210; address++) {
      const inside = many.segments.find(({ base }) => base <= address && address < base + 16)
      assert.equal(many.at(address), inside ?? null)
      const range = { base: address, size: 40 }
      const there = many.segments.filter(({ base }) => base < address + 40 && base + 16 > address)
      const missing = many.missing(range).reduce((sum, { size }) => sum + size, 0)
      const parts = there.map(
        ({ base }) => Math.min(base + 16, address + 40) - Math.max(base, address),
      )
      assert.equal(missing, 40 - parts.reduce((sum, size) => sum + size, 0))
    }
  })

  it('knows what it lacks', () => {
    const gaps = new PhysicalMemory([piece(0x100, 16), piece(0x120, 16)])
    assert.deepEqual(gaps.missing({ base: 0xf8, size: 0x40 }), [
      { base: 0xf8, size: 8 },
      { base: 0x110, size: 16 },
      { base: 0x130, size: 8 },
    ])
    assert.equal(gaps.covers(0x100, 16), true)
    assert.equal(gaps.covers(0x100, 17), false)
    assert.equal(gaps.at(0x110), null)
    assert.equal(gaps.at(0x12f)!.base, 0x120)
    assert.throws(() => gaps.read(0x108, new Uint8Array(16)), {
      code: 'EINVAL',
      message: /0x00000110 to 0x00000117 is not in this dump/,
    })
    const into = new Uint8Array(24).fill(255)
    gaps.readWhatIsThere(0x108, into)
    assert.deepEqual([...into.subarray(6, 10), into[23]], [14, 15, 255, 255, 255])
  })

  it('refuses pieces that claim one address, naming both', () => {
    assert.throws(() => new PhysicalMemory([piece(0x100, 32), piece(0x11f, 8, 0, other)]), {
      code: 'EINVAL',
      origin: 'input',
      message: /0x00000100 to 0x0000011f \(dump\) and 0x0000011f to 0x00000126 \(other\)/,
    })
  })

  it('refuses addresses that no number holds exactly', () => {
    for (const base of [-4, 0.5, 2 ** 53, 2 ** 53 - 8, Number.NaN]) {
      assert.throws(() => new PhysicalMemory([piece(base, 32)]), { code: 'EINVAL' }, String(base))
    }
  })
})
