// SPDX-License-Identifier: MIT
// A dump of any kind, opened as the physical memory that it holds. Where SMEM lies in it is another question
// (location.ts); `find` asks only this one.

import { readElfCore } from '../dump/elf-reader.js'
import { isElf, openDumpFile } from '../dump/format.js'
import { PhysicalMemory } from '../dump/memory.js'
import type { SnapshotNote } from '../dump/note.js'
import { openRamdump } from '../dump/ramdump-directory.js'
import { SmemError } from '../errors.js'
import type { SourceOptions } from './source.js'

export interface Dump {
  /** As the user would name it: `file:smem.bin`. */
  readonly name: string
  readonly memory: PhysicalMemory
  /** Whether its addresses are physical ones; without it they count from the start of a file. */
  readonly placed: boolean
  /** A raw image: one file without a word about itself. */
  readonly raw: boolean
  /** What a snapshot tells of itself. */
  readonly note: SnapshotNote | null
  readonly warnings: readonly string[]
}

/** @throws SmemError with origin `input` */
export function openFileDump(path: string | null, options: SourceOptions): Dump {
  const { base, segments = [] } = options
  const named = pathOf('file', path)
  if (segments.length > 0) {
    throw new SmemError('EINVAL', '--segment names files of a split ramdump', {
      origin: 'input',
      hint: 'write --source dir:PATH with the directory that they are in',
    })
  }
  const file = openDumpFile(named)
  const opened = { name: `file:${named}`, warnings: [] }
  try {
    // An address by hand wins over what a snapshot says: its note may be what is broken.
    if (isElf(file)) return { ...opened, ...readElfCore(file, base === undefined), ...elf }
    const memory = new PhysicalMemory([{ base: base ?? 0, size: file.size, file, position: 0 }])
    return { ...opened, memory, placed: base !== undefined, raw: true, note: null }
  } catch (error) {
    file.close()
    throw error
  }
}

const elf = { placed: true, raw: false }

/** @throws SmemError with origin `input` */
export function openDirectoryDump(path: string | null, { segments = [] }: SourceOptions): Dump {
  const named = pathOf('dir', path)
  const ramdump = openRamdump(named, segments)
  return { name: `dir:${named}`, ...ramdump, placed: true, raw: false, note: null }
}

function pathOf(scheme: string, path: string | null): string {
  if (path !== null && path !== '') return path
  const what = scheme === 'dir' ? 'directory' : 'file'
  throw new SmemError('EINVAL', `the source ${scheme}: names no ${what}`, {
    origin: 'input',
    hint: `write --source ${scheme}:PATH`,
  })
}
