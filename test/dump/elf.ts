// SPDX-License-Identifier: MIT
// ELF cores by absolute offsets, from elf(5): a reader that shares nothing with the product.

import assert from 'node:assert/strict'

export interface Segment {
  readonly type: number
  readonly flags: number
  readonly position: number
  readonly virtual: number
  readonly physical: number
  readonly fileSize: number
  readonly memorySize: number
  readonly align: number
}

export interface Note {
  readonly name: string
  readonly type: number
  readonly description: Buffer
}

const PT_LOAD = 1
const PT_NOTE = 4

/** Program headers of a 64-bit little-endian core for AArch64. */
export function segmentsOf(file: Buffer): Segment[] {
  assert.equal(file.toString('latin1', 0, 7), '\x7fELF\x02\x01\x01')
  assert.equal(file.readUInt16LE(16), 4, 'ET_CORE')
  assert.equal(file.readUInt16LE(18), 183, 'EM_AARCH64')
  assert.equal(file.readUInt32LE(20), 1)
  assert.equal(file.readUInt16LE(52), 64)
  assert.equal(file.readUInt16LE(54), 56)
  const table = Number(file.readBigUInt64LE(32))
  return Array.from({ length: file.readUInt16LE(56) }, (_, i) => {
    const at = table + i * 56
    const word = (offset: number) => Number(file.readBigUInt64LE(at + offset))
    return {
      type: file.readUInt32LE(at),
      flags: file.readUInt32LE(at + 4),
      position: word(8),
      virtual: word(16),
      physical: word(24),
      fileSize: word(32),
      memorySize: word(40),
      align: word(48),
    }
  })
}

export function loadsOf(file: Buffer): { base: number; bytes: Buffer }[] {
  return segmentsOf(file)
    .filter(({ type }) => type === PT_LOAD)
    .map(({ physical, position, fileSize }) => ({
      base: physical,
      bytes: file.subarray(position, position + fileSize),
    }))
}

export function notesOf(file: Buffer): Note[] {
  return segmentsOf(file).flatMap(({ type, position, fileSize }) => {
    if (type !== PT_NOTE) return []
    const notes: Note[] = []
    let at = position
    while (at < position + fileSize) {
      const nameSize = file.readUInt32LE(at)
      const size = file.readUInt32LE(at + 4)
      const start = at + 12 + Math.ceil(nameSize / 4) * 4
      notes.push({
        name: file.toString('latin1', at + 12, at + 12 + nameSize - 1),
        type: file.readUInt32LE(at + 8),
        description: file.subarray(start, start + size),
      })
      at = start + Math.ceil(size / 4) * 4
    }
    assert.equal(at, position + fileSize, 'notes fill their segment')
    return notes
  })
}
