// SPDX-License-Identifier: MIT
// Cores as they are laid out, byte by byte, and as a reader finds them that shares nothing with their writer.

import assert from 'node:assert/strict'
import { ElfCore, noteSize } from '#lib/dump/elf-writer.js'
import { SmemError } from '#lib/errors.js'
import { loadsOf, notesOf, segmentsOf } from './elf.js'

const pieces = [
  { base: 0x60000, size: 0x6001 },
  { base: 0x86000000, size: 0x3000 },
  { base: 0x86004004, size: 0x1ffc },
  { base: 2 ** 36 + 0x123, size: 7 },
]

function sample(): ElfCore {
  const core = new ElfCore(pieces, 64)
  for (const i of pieces.keys()) core.memory(i).fill(0x11 * (i + 1))
  core.note('SOME', 7, Buffer.from('abcde'))
  return core
}

describe('an ELF core', () => {
  it('has the header of a core for AArch64, then its program headers', () => {
    const { bytes } = sample()
    assert.equal(
      bytes.toString('hex', 0, 64),
      [
        '7f454c46020101000000000000000000',
        '0400b700010000000000000000000000',
        '40000000000000000000000000000000',
        '00000000400038000500000000000000',
      ].join(''),
    )
  })

  it('has its notes first, then its pieces by address, each of the bytes that were put there', () => {
    const { bytes } = sample()
    const [note, ...loads] = segmentsOf(bytes)
    assert.equal(note!.type, 4)
    assert.deepEqual(
      loads.map(({ type, flags, physical, virtual, fileSize, memorySize }) => {
        return { type, flags, physical, virtual, fileSize, memorySize }
      }),
      pieces.map(({ base, size }) => {
        return {
          ...{ type: 1, flags: 4, physical: base, virtual: base },
          ...{ fileSize: size, memorySize: size },
        }
      }),
    )
    for (const [i, { bytes: memory }] of loadsOf(bytes).entries()) {
      assert.ok(memory.every((byte) => byte === 0x11 * (i + 1)))
    }
  })

  it('has nothing above anything else, and positions that are congruent to addresses', () => {
    const { bytes } = sample()
    const [note, ...loads] = segmentsOf(bytes)
    let end = note!.position + note!.fileSize
    for (const { position, physical, fileSize, align } of loads) {
      assert.ok(position >= end)
      assert.equal(align, 4096)
      assert.equal(position % align, physical % align)
      end = position + fileSize
    }
    assert.equal(bytes.length, end)
  })

  it('has zeros between its parts: nothing of our own memory gets out', () => {
    // Freed memory with something in it, which the next allocations of its size are made of.
    for (let i = 0; i < 64; i++) Buffer.allocUnsafeSlow(0x10000).fill(0xee)
    const { bytes } = sample()
    const [note, ...loads] = segmentsOf(bytes)
    const parts = [{ position: 0, fileSize: note!.position }, note!, ...loads]
    for (const [i, { position, fileSize }] of parts.slice(0, -1).entries()) {
      const between = bytes.subarray(position + fileSize, parts[i + 1]!.position)
      assert.ok(between.every((byte) => byte === 0))
    }
  })

  it('has the note that was written last, however much room there is', () => {
    const core = sample()
    assert.deepEqual(notesOf(core.bytes), [
      { name: 'SOME', type: 7, description: Buffer.from('abcde') },
    ])
    core.note('QCOM-SMEM', 0x4d454d53, Buffer.from('x'))
    assert.deepEqual(notesOf(core.bytes), [
      { name: 'QCOM-SMEM', type: 0x4d454d53, description: Buffer.from('x') },
    ])
    const room = segmentsOf(core.bytes)[0]!
    const behind = core.bytes.subarray(room.position + room.fileSize, room.position + 64)
    assert.ok(behind.every((byte) => byte === 0))
  })

  it('takes a note that fills its room, and none that does not fit', () => {
    const text = Buffer.alloc(40, 0x61)
    const core = new ElfCore([], noteSize('N', text))
    core.note('N', 1, text)
    assert.equal(notesOf(core.bytes)[0]!.description.length, 40)
    assert.throws(() => core.note('N', 1, Buffer.alloc(41)), RangeError)
  })

  it('refuses pieces that overlap, and takes those that touch', () => {
    assert.throws(
      () => new ElfCore([pieces[1]!, { base: 0x86002fff, size: 4 }], 0),
      (error) =>
        error instanceof SmemError && error.code === 'EINVAL' && /overlap/.test(error.message),
    )
    const core = new ElfCore([pieces[1]!, { base: 0x86003000, size: 4 }], 0)
    assert.equal(core.memory(1).length, 4)
  })
})
