// SPDX-License-Identifier: MIT
// Why a file cannot be loaded as the native module, in words for people. The dynamic linker's own are often about
// something else: a module for another processor is "No such file or directory" to some.

import { closeSync, openSync, readSync } from 'node:fs'

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

/** What the linkers of glibc and musl say, and what is meant. */
const meanings: readonly (readonly [said: RegExp, meant: string])[] = [
  [/libc\.musl/, 'it is for musl, and this is glibc'],
  [/gnu_get_libc_version/, 'it is for glibc, and this is musl'],
  [/version [`']([A-Z]+_[\d.]+)' not found/, 'it needs $1, and this system is older'],
  [
    /libstdc\+\+\S* .*No such file|library libstdc\+\+/,
    'it needs libstdc++, which is not installed',
  ],
]

/** One sentence on why `path` was not loaded, from what the linker said of it. */
export function plainReason(path: string, said: string): string {
  const arch = processorOf(path)
  if (arch === null) return 'it is no ELF file'
  if (arch !== undefined && arch !== process.arch)
    return `it is for ${arch}, and this is ${process.arch}`
  for (const [pattern, meant] of meanings) {
    const match = pattern.exec(said)
    if (match) return meant.replace('$1', match[1] ?? '')
  }
  return said.replace(/\s*\n\s*/g, ' ')
}

/** Null for what is no ELF file of this byte order, undefined where there is no file to read. */
function processorOf(path: string): string | null | undefined {
  const head = Buffer.alloc(20)
  try {
    const fd = openSync(path, 'r')
    readSync(fd, head)
    closeSync(fd)
  } catch {
    return undefined
  }
  if (head.toString('latin1', 0, 4) !== '\x7fELF') return null
  const machine = head.readUInt16LE(18)
  return processors[machine] ?? `processor ${machine}`
}
