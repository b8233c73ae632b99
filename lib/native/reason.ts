// SPDX-License-Identifier: MIT
// Why a file cannot be the native module here, in words for people. Which processor it is for is looked at first: glibc
// says of a foreign one that there is no such file, and musl loads it.

import { closeSync, constants, openSync, readSync } from 'node:fs'

const E_MACHINE = 18
/** `EI_DATA`, byte 5 of the ELF header, of files whose numbers begin with the high byte. */
const BIG_ENDIAN = 2

/** `e_machine` of the ELF header, and what Node calls that processor. */
const processors: Record<number, string> = {
  3: 'ia32',
  8: 'mips',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
}

/** What the dynamic linkers of glibc and musl say, and what is meant. */
const meanings: readonly (readonly [said: RegExp, meant: string])[] = [
  [/libc\.musl/, 'it is for musl, and this is glibc'],
  // Only musl says it so; of several symbols it names the last.
  [/Error relocating .*: symbol not found/, 'it is for glibc, and this is musl'],
  [/version [`']([A-Z]+_[\d.]+)' not found/, 'it needs $1, and this system is older'],
  [/libstdc\+\+\S* .*No such file/, 'it needs libstdc++, which is not installed'],
]

/** What is meant by what a linker said. */
export function plainReason(said: string): string {
  for (const [pattern, meant] of meanings) {
    const match = pattern.exec(said)
    if (match) return meant.replace('$1', match[1] ?? '')
  }
  return said.replace(/\s*\n\s*/g, ' ')
}

/** @throws Error with the reason, where `path` cannot be read, or is no ELF file for this processor */
export function assertLoadable(path: string): void {
  const header = readHeader(path)
  if (header.toString('latin1', 0, 4) !== '\x7fELF') throw new Error('it is no ELF file')
  const machine =
    header[5] === BIG_ENDIAN ? header.readUInt16BE(E_MACHINE) : header.readUInt16LE(E_MACHINE)
  const arch = processors[machine] ?? `processor ${machine}`
  if (arch !== process.arch) throw new Error(`it is for ${arch}, and this is ${process.arch}`)
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(20)
  let fd: number | null = null
  try {
    // Not to wait for a writer, where it is a pipe.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    readSync(fd, header)
    return header
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(code === 'ENOENT' ? 'no such file' : `it cannot be read (${code})`)
  } finally {
    if (fd !== null) closeSync(fd)
  }
}
