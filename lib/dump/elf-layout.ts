// SPDX-License-Identifier: MIT
// The structures of an ELF64 little-endian core, as far as dumps use them: file header, program headers, notes.
// Source: System V ABI, chapters 4 and 5; names as in elf.h.

import { array, reserved, u8, u16, u32, u64 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'

export const ELFCLASS64 = 2
export const ELFDATA2LSB = 1
export const ET_EXEC = 2
export const ET_CORE = 4
export const EM_AARCH64 = 183
export const PT_LOAD = 1
export const PT_NOTE = 4
/** In phnum: the count is in the info field of section header 0. */
export const PN_XNUM = 0xffff

export const ElfHeader = struct('ELF header', {
  magic: array(u8, 4),
  class: u8,
  data: u8,
  identVersion: u8,
  osAbi: u8,
  identPadding: reserved(8),
  type: u16,
  machine: u16,
  version: u32,
  entry: u64,
  phoff: u64,
  shoff: u64,
  flags: u32,
  ehsize: u16,
  phentsize: u16,
  phnum: u16,
  shentsize: u16,
  shnum: u16,
  shstrndx: u16,
})

export const ProgramHeader = struct('program header', {
  type: u32,
  flags: u32,
  offset: u64,
  vaddr: u64,
  paddr: u64,
  filesz: u64,
  memsz: u64,
  align: u64,
})

export const SectionHeader = struct('section header', {
  name: u32,
  type: u32,
  flags: u64,
  addr: u64,
  offset: u64,
  size: u64,
  link: u32,
  info: u32,
  addralign: u64,
  entsize: u64,
})

/** Name and description follow, each padded to whole words. */
export const NoteHeader = struct('note header', { namesz: u32, descsz: u32, type: u32 })
