// SPDX-License-Identifier: MIT
// Cores that others wrote, and files that only look like one.

import assert from 'node:assert/strict'
import { UnpackedBytes } from '#lib/dump/dump-file.js'
import { readElfCore } from '#lib/dump/elf-reader.js'
import { core, type Load, noteOf } from './core.js'

const bytes = (length: number, first: number) =>
  Uint8Array.from({ length }, (_, i) => (first + i) & 0xff)

const low: Load = { physical: 0x80000000, bytes: bytes(0x2000, 1) }
const high: Load = { physical: 0x186000000, bytes: bytes(0x1000, 2) }

const read = (file: Uint8Array) => readElfCore(new UnpackedBytes('core', file))
const refused = (file: Uint8Array, message: RegExp, hint = /./) =>
  assert.throws(() => read(file), { code: 'EINVAL', origin: 'input', message, hint })

describe('the reader of ELF cores', () => {
  it('finds the memory of each PT_LOAD at its physical address', () => {
    const { memory, note } = read(core([high, { ...low, virtual: 2 ** 40 }]))
    assert.equal(note, null)
    assert.deepEqual(
      memory.segments.map(({ base, size }) => [base, size]),
      [
        [0x80000000, 0x2000],
        [0x186000000, 0x1000],
      ],
    )
    const into = new Uint8Array(3)
    memory.read(0x186000ffd, into)
    assert.deepEqual(into, high.bytes.subarray(0xffd))
  })

  it('knows of memory only what the file has, not what p_memsz promises', () => {
    const { memory } = read(core([{ ...low, memorySize: 0x10000 }]))
    assert.equal(memory.size, 0x2000)
    assert.equal(read(core([low, { ...high, fileSize: 0, memorySize: 8 }])).memory.size, 0x2000)
  })

  it('takes an executable, a count of headers that stands elsewhere, and foreign notes', () => {
    const notes = Buffer.concat([
      noteOf('CORE', 1, bytes(5, 9)),
      noteOf('QCOM-SMEM', 99, bytes(4, 1)),
    ])
    const { memory, note } = read(core([low, high], { type: 2, manyHeaders: true, notes }))
    assert.deepEqual([memory.size, note], [0x3000, null])
  })

  it('counts memory once that a kernel lists at two virtual addresses', () => {
    const text = { physical: 0x80001000, bytes: low.bytes.subarray(0x1000), virtual: 2 ** 47 }
    assert.equal(read(core([text, low])).memory.size, 0x2000)
  })

  it('leaves out memory without a physical address', () => {
    const file = core([low, high])
    file.fill(0xff, 64 + 56 + 24, 64 + 56 + 32)
    assert.equal(read(file).memory.size, 0x2000)
  })

  it('refuses 32-bit and big-endian files, and what is no core', () => {
    refused(core([low], { class: 1 }), /32-bit/)
    refused(core([low], { data: 2 }), /big-endian/)
    refused(core([low], { type: 3 }), /type 3, no core/)
  })

  it('refuses a file without memory, and the core of a process', () => {
    refused(core([]), /no PT_LOAD/)
    refused(core([], { notes: noteOf('CORE', 1, bytes(4, 0)) }), /no PT_LOAD/)
    refused(
      core([
        { ...low, physical: 0, virtual: 0x400000 },
        { ...high, physical: 0, virtual: 0x500000 },
      ]),
      /core of a process/,
    )
  })

  it('refuses what is cut off, wherever that is', () => {
    const file = core([low, high], { notes: noteOf('CORE', 1, bytes(4, 0)) })
    refused(file.subarray(0, 40), /cut off: it ends in its header/)
    refused(file.subarray(0, 100), /cut off: it ends in its program headers/)
    refused(file.subarray(0, file.length - 1), /memory at 0x186000000 ends at byte 16384 of 16383/)
    const many = core([low], { manyHeaders: true })
    many.writeBigUInt64LE(2n ** 40n, 40)
    refused(many, /section header/)
    const longNote = core([low], { notes: noteOf('CORE', 1, bytes(4, 0)) })
    longNote.writeBigUInt64LE(2n ** 40n, 64 + 56 + 32)
    refused(longNote, /ends in its notes/)
  })

  it('refuses segments that overlap, and names both', () => {
    const other = { physical: 0x80001800, bytes: bytes(0x1000, 3) }
    refused(core([low, other]), /0x80000000 to 0x80001fff.*0x80001800 to 0x800027ff/)
    refused(core([low, low]), /overlap/)
  })

  it('refuses impossible counts and sizes of headers, and addresses beyond 2^53', () => {
    const file = core([low])
    file.writeUInt16LE(32, 54)
    refused(file, /program headers of 32 bytes/)
    const many = core([low], { manyHeaders: true })
    many.writeUInt32LE(0xffffffff, 64 + 44)
    refused(many, /4294967295 program headers/)
    refused(core([{ ...low, physical: 2 ** 60 }]), /no physical memory/)
  })

  it('counts memory once also where a kernel is listed in several parts, in any order', () => {
    const again = (from: number, to: number) => ({
      physical: low.physical + from,
      bytes: low.bytes.subarray(from, to),
      virtual: 2 ** 47 + from,
    })
    const loads = [again(0x1800, 0x2000), again(0, 0x800), high, low, again(0x800, 0x1800)]
    assert.deepEqual(
      read(core(loads)).memory.segments.map(({ base, size }) => [base, size]),
      [
        [low.physical, 0x2000],
        [high.physical, 0x1000],
      ],
    )
    // Twice at one virtual address is no second mapping.
    refused(core([low, { ...again(0x800, 0x1800), virtual: low.physical + 0x800 }]), /overlap/)
  })

  it('reads all program headers at once, and of all notes together no more than 16 MiB', () => {
    const notes = noteOf('CORE', 1, new Uint8Array(2 ** 20))
    const sound = core([low, ...Array(99).fill({ ...low, fileSize: 0 })], { notes })
    // Every other header becomes a note, too: all of them the same.
    const note = sound.subarray(64 + 100 * 56, 64 + 101 * 56)
    for (let i = 1; i < 100; i++) sound.set(note, 64 + i * 56)
    const sizes: number[] = []
    class Counted extends UnpackedBytes {
      override read(position: number, into: Uint8Array): void {
        sizes.push(into.length)
        super.read(position, into)
      }
    }
    assert.equal(readElfCore(new Counted('core', sound)).note, null)
    assert.deepEqual(sizes.slice(0, 2), [64, 101 * 56])
    assert.equal(
      sizes.slice(2).reduce((sum, size) => sum + size),
      2 ** 24,
    )
  })

  it('survives notes that lie about their sizes', () => {
    for (const [offset, value] of [
      [0, 0xffffffff],
      [4, 0xffffffff],
      [4, 0x1000],
    ] as const) {
      const notes = noteOf('QCOM-SMEM', 0x4d454d53, bytes(16, 0))
      notes.writeUInt32LE(value, offset)
      assert.equal(read(core([low], { notes })).note, null)
    }
  })

  it('refuses a broken note of ours, unless told not to look', () => {
    const file = core([low], { notes: noteOf('QCOM-SMEM', 0x4d454d53, Buffer.from('{')) })
    refused(file, /note of this snapshot is broken/, /--base/)
    assert.equal(readElfCore(new UnpackedBytes('core', file), false).note, null)
  })
})
