// SPDX-License-Identifier: MIT
// An ELF core with a PT_LOAD for each piece of physical memory, as gdb, drgn, readelf and objdump open it. Made in
// one buffer of its final size, so that the memory is read straight into its place. Source: elf(5).

import { hexAddress, SmemError } from '../errors.js'
import type { Of } from '../layout/struct.js'
import {
  ELF_CLASS_64,
  ELF_LITTLE_ENDIAN,
  ELF_MAGIC,
  ELF_VERSION,
  ElfHeader,
  ElfType,
  MACHINE_AARCH64,
  NoteHeader,
  ProgramHeader,
  SEGMENT_READ,
  SegmentType,
} from './elf-layout.js'

/** A contiguous piece of physical memory. */
export interface Piece {
  readonly base: number
  readonly size: number
}

/** File offsets are congruent to addresses by this, as debuggers that map the file want it. */
const PAGE = 4096

export class ElfCore {
  /** All of the file. */
  readonly bytes: Buffer
  readonly #view: DataView
  readonly #pieces: readonly (Piece & { readonly position: number })[]
  readonly #noteRoom: number

  /**
   * @param pieces ascending by address, apart from each other
   * @param noteRoom bytes that are enough for the notes that `note` will write
   * @throws SmemError EINVAL for pieces that overlap
   */
  constructor(pieces: readonly Piece[], noteRoom: number) {
    checkApart(pieces)
    this.#noteRoom = noteRoom
    let end = this.#notePosition(pieces.length) + noteRoom
    this.#pieces = pieces.map(({ base, size }) => {
      const position = Math.ceil((end - (base % PAGE)) / PAGE) * PAGE + (base % PAGE)
      end = position + size
      return { base, size, position }
    })
    // Of its own, not a slice of the pool: a port fills it by whole words. What is between the pieces is zero.
    this.bytes = Buffer.allocUnsafeSlow(end)
    let from = 0
    for (const { position, size } of this.#pieces) {
      this.bytes.fill(0, from, position)
      from = position + size
    }
    this.bytes.fill(0, from)
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, end)
    this.#writeHeaders()
  }

  /** Where the memory of piece `index` goes. */
  memory(index: number): Buffer {
    const { position, size } = this.#pieces[index]!
    return this.bytes.subarray(position, position + size)
  }

  /** Writes the one note. @throws RangeError where it needs more room than there is */
  note(name: string, type: number, description: Uint8Array): void {
    const size = noteSize(name, description)
    if (size > this.#noteRoom) throw new RangeError(`a note of ${size} bytes has no room`)
    const at = this.#notePosition(this.#pieces.length)
    const nameSize = name.length + 1
    NoteHeader.write(this.#view, at, { nameSize, size: description.length, type })
    this.bytes.fill(0, at + NoteHeader.size, at + this.#noteRoom)
    this.bytes.write(name, at + NoteHeader.size, 'latin1')
    this.bytes.set(description, at + NoteHeader.size + roundToWord(nameSize))
    this.#writeSegment(0, {
      ...{ type: SegmentType.NOTE, flags: 0, position: at, virtual: 0, physical: 0 },
      ...{ fileSize: size, memorySize: 0, align: 4 },
    })
  }

  #notePosition(pieces: number): number {
    return ElfHeader.size + (1 + pieces) * ProgramHeader.size
  }

  #writeHeaders(): void {
    ElfHeader.write(this.#view, 0, {
      magic: ELF_MAGIC,
      class: ELF_CLASS_64,
      byteOrder: ELF_LITTLE_ENDIAN,
      identVersion: ELF_VERSION,
      type: ElfType.CORE,
      machine: MACHINE_AARCH64,
      version: ELF_VERSION,
      entry: 0,
      programHeaders: ElfHeader.size,
      sectionHeaders: 0,
      flags: 0,
      headerSize: ElfHeader.size,
      programHeaderSize: ProgramHeader.size,
      programHeaderCount: 1 + this.#pieces.length,
      sectionHeaderSize: 0,
      sectionHeaderCount: 0,
      sectionNames: 0,
    })
    for (const [i, { base, size, position }] of this.#pieces.entries()) {
      this.#writeSegment(1 + i, {
        ...{ type: SegmentType.LOAD, flags: SEGMENT_READ, position, virtual: base, physical: base },
        ...{ fileSize: size, memorySize: size, align: PAGE },
      })
    }
  }

  #writeSegment(index: number, header: Of<typeof ProgramHeader>): void {
    ProgramHeader.write(this.#view, ElfHeader.size + index * ProgramHeader.size, header)
  }
}

/** Bytes that a note takes in the file. */
export function noteSize(name: string, description: Uint8Array): number {
  return NoteHeader.size + roundToWord(name.length + 1) + roundToWord(description.length)
}

function roundToWord(size: number): number {
  return Math.ceil(size / 4) * 4
}

function checkApart(pieces: readonly Piece[]): void {
  for (const [i, { base, size }] of pieces.entries()) {
    const next = pieces[i + 1]
    if (next !== undefined && base + size > next.base) {
      throw new SmemError(
        'EINVAL',
        `memory at ${hexAddress(base)}, ${size} bytes, and memory at ${hexAddress(next.base)} overlap: one file cannot have both`,
        { origin: 'input', address: next.base },
      )
    }
  }
}
