// SPDX-License-Identifier: MIT
// The structures of an ELF64 little-endian core, as far as dumps use them: file header, program headers, notes.
// Source: System V ABI, chapters 4 and 5; elf(5).

import { array, reserved, u8, u16, u32, u64 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'

/** `\x7fELF`. */
export const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46]
export const ELF_CLASS_64 = 2
export const ELF_LITTLE_ENDIAN = 1
export const ELF_VERSION = 1
export const ElfType = { EXECUTABLE: 2, CORE: 4 } as const
export const MACHINE_AARCH64 = 183
export const SegmentType = { LOAD: 1, NOTE: 4 } as const
export const SEGMENT_READ = 4
/** As a count of program headers: the count is the `info` of section header 0. */
export const COUNT_ELSEWHERE = 0xffff

export const ElfHeader = struct('ELF header', {
  magic: array(u8, 4),
  class: u8,
  byteOrder: u8,
  identVersion: u8,
  identPadding: reserved(9),
  type: u16,
  machine: u16,
  version: u32,
  entry: u64,
  /** File offsets of the two tables. */
  programHeaders: u64,
  sectionHeaders: u64,
  flags: u32,
  headerSize: u16,
  programHeaderSize: u16,
  programHeaderCount: u16,
  sectionHeaderSize: u16,
  sectionHeaderCount: u16,
  sectionNames: u16,
})

export const ProgramHeader = struct('program header', {
  type: u32,
  flags: u32,
  /** In the file. */
  position: u64,
  virtual: u64,
  physical: u64,
  fileSize: u64,
  memorySize: u64,
  align: u64,
})

export const SectionHeader = struct('section header', {
  name: u32,
  type: u32,
  flags: u64,
  address: u64,
  position: u64,
  size: u64,
  link: u32,
  info: u32,
  align: u64,
  entrySize: u64,
})

/** Its name with a NUL and its description follow, each padded to whole words. */
export const NoteHeader = struct('note header', { nameSize: u32, size: u32, type: u32 })
