// SPDX-License-Identifier: MIT
// ELF files written by absolute offsets, from elf(5): a writer that shares nothing with the product, and that can
// write what no sound program would.

export interface Load {
  readonly physical: number
  readonly bytes: Uint8Array
  readonly virtual?: number
  /** As it is said to be. */
  readonly fileSize?: number
  readonly memorySize?: number
}

export interface CoreOptions {
  /** 1: 32 bits, 2: 64 bits. */
  readonly class?: number
  /** 1: little-endian, 2: big-endian. */
  readonly data?: number
  /** 2: executable, 4: core. */
  readonly type?: number
  /** Content of one PT_NOTE. */
  readonly notes?: Uint8Array
  /** The count of program headers stands in section header 0. */
  readonly manyHeaders?: boolean
}

const EHDR = 64
const PHDR = 56
const SHDR = 64
const PAGE = 4096

export function core(loads: readonly Load[], options: CoreOptions = {}): Buffer {
  const { class: bits = 2, data = 1, type = 4, notes, manyHeaders = false } = options
  const count = loads.length + (notes === undefined ? 0 : 1)
  const table = EHDR + (manyHeaders ? SHDR : 0)
  const head = Buffer.alloc(Math.ceil((table + count * PHDR + (notes?.length ?? 0)) / PAGE) * PAGE)
  head.write('\x7fELF', 'latin1')
  head.writeUInt8(bits, 4)
  head.writeUInt8(data, 5)
  head.writeUInt8(1, 6)
  head.writeUInt16LE(type, 16)
  head.writeUInt16LE(183, 18)
  head.writeUInt32LE(1, 20)
  head.writeBigUInt64LE(BigInt(table), 32)
  head.writeUInt16LE(64, 52)
  head.writeUInt16LE(PHDR, 54)
  head.writeUInt16LE(manyHeaders ? 0xffff : count, 56)
  if (manyHeaders) {
    head.writeBigUInt64LE(BigInt(EHDR), 40)
    head.writeUInt16LE(SHDR, 58)
    head.writeUInt16LE(1, 60)
    head.writeUInt32LE(count, EHDR + 44)
  }
  const segment = (index: number, type: number, words: readonly number[]) => {
    const at = table + index * PHDR
    head.writeUInt32LE(type, at)
    for (const [i, word] of words.entries()) head.writeBigUInt64LE(BigInt(word), at + 8 + i * 8)
  }
  const pieces: Buffer[] = [head]
  let end = head.length
  for (const [i, load] of loads.entries()) {
    const { physical, virtual = physical, bytes } = load
    const { fileSize = bytes.length, memorySize = fileSize } = load
    segment(i, 1, [end, virtual, physical, fileSize, memorySize, PAGE])
    const room = Buffer.alloc(Math.ceil(bytes.length / PAGE) * PAGE)
    room.set(bytes)
    pieces.push(room)
    end += room.length
  }
  if (notes !== undefined) {
    const at = table + count * PHDR
    head.set(notes, at)
    segment(loads.length, 4, [at, 0, 0, notes.length, 0, 4])
  }
  return Buffer.concat(pieces)
}

export function noteOf(name: string, type: number, description: Uint8Array): Buffer {
  const padded = (bytes: Uint8Array) => {
    const room = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
    room.set(bytes)
    return room
  }
  const head = Buffer.alloc(12)
  head.writeUInt32LE(name.length + 1, 0)
  head.writeUInt32LE(description.length, 4)
  head.writeUInt32LE(type, 8)
  return Buffer.concat([head, padded(Buffer.from(`${name}\0`)), padded(description)])
}
