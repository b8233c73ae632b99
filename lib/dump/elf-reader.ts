// SPDX-License-Identifier: MIT
// An ELF core as physical memory: a snapshot of ours, /proc/vmcore, or what a debugger or an emulator wrote. Its
// PT_LOADs say which physical addresses the file has. Source: System V ABI, chapters 4 and 5; elf(5).

import { hexAddress, SmemError } from '../errors.js'
import type { Field } from '../layout/scalar.js'
import type { Of } from '../layout/struct.js'
import { type DumpBytes, readPiece } from './dump-file.js'
import {
  COUNT_ELSEWHERE,
  ELF_CLASS_64,
  ELF_LITTLE_ENDIAN,
  ElfHeader,
  ElfType,
  NoteHeader,
  ProgramHeader,
  SectionHeader,
  SegmentType,
} from './elf-layout.js'
import { PhysicalMemory, type Segment } from './memory.js'
import { decodeNote, NOTE_NAME, NOTE_TYPE, type SnapshotNote } from './note.js'

export interface ElfCoreDump {
  readonly memory: PhysicalMemory
  /** Of a snapshot; null for a core of somebody else. */
  readonly note: SnapshotNote | null
}

type Header = Of<typeof ProgramHeader>

/** A kernel's core has a few hundred. */
const MOST_HEADERS = 65536
/** Of all PT_NOTEs together: registers of every processor, and a little of everything. */
const LONGEST_NOTES = 16 * 1024 * 1024
const COPY_AGAIN = 'copy it again; is there room for all of it?'

const OUR_NAME = `${NOTE_NAME}\0`

/** What /proc/kcore has for memory without a physical address. */
const NO_ADDRESS = 2 ** 64

/**
 * @param readNote whether to look for the note of a snapshot; a broken one is an error
 * @throws SmemError EINVAL with origin `input` for a file that is cut off, or no 64-bit little-endian core
 */
export function readElfCore(file: DumpBytes, readNote = true): ElfCoreDump {
  const headers = programHeaders(file)
  const loads = headers.filter(({ type, fileSize }) => type === SegmentType.LOAD && fileSize > 0)
  const placed = loads.filter(({ physical }) => physical < NO_ADDRESS)
  if (placed.length === 0) {
    throw refused(file, 'has no PT_LOAD: there is no memory in it')
  }
  if (placed.length > 1 && placed.every(({ physical }) => physical === 0)) {
    throw refused(
      file,
      'has no physical addresses: it is the core of a process',
      'SMEM is in dumps of the whole machine only',
    )
  }
  for (const load of placed) checkWhole(file, load)
  return {
    memory: new PhysicalMemory(mappedOnce(placed).map((load) => segmentOf(file, load))),
    note: readNote ? snapshotNote(file, headers) : null,
  }
}

function programHeaders(file: DumpBytes): Header[] {
  const header = at(file, ElfHeader, 0, 'its header')
  if (header.class !== ELF_CLASS_64) {
    throw refused(
      file,
      'is a 32-bit ELF file; 64-bit ones are read',
      'a 32-bit kernel writes a 64-bit core when told: kexec --elf64-core-headers',
    )
  }
  if (header.byteOrder !== ELF_LITTLE_ENDIAN) {
    throw refused(
      file,
      'is a big-endian ELF file: no Qualcomm SoC wrote it',
      'SMEM is little-endian on every known target',
    )
  }
  if (header.type !== ElfType.CORE && header.type !== ElfType.EXECUTABLE) {
    throw refused(file, `is an ELF file of type ${header.type}, no core`, 'name the core')
  }
  const count =
    header.programHeaderCount === COUNT_ELSEWHERE
      ? at(file, SectionHeader, header.sectionHeaders, 'its section header').info
      : header.programHeaderCount
  if (count > 0 && header.programHeaderSize !== ProgramHeader.size) {
    throw refused(file, `has program headers of ${header.programHeaderSize} bytes, not 56`)
  }
  if (count > MOST_HEADERS) throw refused(file, `has ${count} program headers`)
  const table = pieceOf(
    file,
    header.programHeaders,
    count * ProgramHeader.size,
    'its program headers',
  )
  return Array.from({ length: count }, (_, i) => ProgramHeader.read(table, i * ProgramHeader.size))
}

function checkWhole(file: DumpBytes, { position, physical, fileSize }: Header): void {
  if (position + fileSize <= file.size) return
  throw refused(
    file,
    `is cut off: the memory at ${hexAddress(physical)} ends at byte ${position + fileSize} of ${file.size}`,
    COPY_AGAIN,
  )
}

/** Kernels list their own image twice: in the memory that it is part of, and where it is mapped to run. */
function mappedOnce(loads: readonly Header[]): readonly Header[] {
  const byAddress = [...loads].sort((a, b) => a.physical - b.physical || b.fileSize - a.fileSize)
  // Of those before it, the one that reaches furthest: what it does not hold, none of them does.
  let outer: Header | undefined
  return byAddress.filter((inner) => {
    if (outer !== undefined && isMappedAgain(inner, outer)) return false
    if (outer === undefined || endOf(inner) > endOf(outer)) outer = inner
    return true
  })
}

/** @param outer does not start behind `inner` */
function isMappedAgain(inner: Header, outer: Header): boolean {
  return (
    endOf(outer) >= endOf(inner) &&
    outer.fileSize > inner.fileSize &&
    outer.virtual - outer.physical !== inner.virtual - inner.physical
  )
}

function endOf({ physical, fileSize }: Header): number {
  return physical + fileSize
}

/** Memory beyond what is in the file was not dumped. */
function segmentOf(file: DumpBytes, { physical, fileSize, position }: Header): Segment {
  return { base: physical, size: fileSize, file, position }
}

function snapshotNote(file: DumpBytes, headers: readonly Header[]): SnapshotNote | null {
  let left = LONGEST_NOTES
  for (const { type, position, fileSize } of headers) {
    if (type !== SegmentType.NOTE) continue
    if (position + fileSize > file.size)
      throw refused(file, 'is cut off: it ends in its notes', COPY_AGAIN)
    const size = Math.min(fileSize, left)
    left -= size
    const description = ourNote(readPiece(file, position, size))
    if (description !== null) return decodeNote(description)
  }
  return null
}

/** The description of our note among all notes of a segment. */
function ourNote(bytes: Buffer): Buffer | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  while (at + NoteHeader.size <= bytes.length) {
    const { nameSize, size, type } = NoteHeader.read(view, at)
    const name = at + NoteHeader.size
    const description = name + words(nameSize)
    const next = description + words(size)
    if (description + size > bytes.length) return null
    const isOurs =
      type === NOTE_TYPE && bytes.toString('latin1', name, name + nameSize) === OUR_NAME
    if (isOurs) return bytes.subarray(description, description + size)
    at = next
  }
  return null
}

function words(size: number): number {
  return Math.ceil(size / 4) * 4
}

function at<T>(file: DumpBytes, layout: Field<T>, position: number, what: string): T {
  return layout.read(pieceOf(file, position, layout.size, what), 0)
}

function pieceOf(file: DumpBytes, position: number, size: number, what: string): DataView {
  if (position + size > file.size) {
    throw refused(file, `is cut off: it ends in ${what}`, COPY_AGAIN)
  }
  const { buffer, byteOffset } = readPiece(file, position, size)
  return new DataView(buffer, byteOffset, size)
}

function refused(file: DumpBytes, problem: string, hint = 'is it a core at all?'): SmemError {
  return new SmemError('EINVAL', `${file.name} ${problem}`, { origin: 'input', hint })
}
