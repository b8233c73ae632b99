// SPDX-License-Identifier: MIT
// The sources `file:` and `dir:`: a dump in one file, of whatever kind, or a ramdump split over the files of a
// directory. What is read is kept; the files are closed again before anybody looks at a heap.

import type { Board } from '../board/board.js'
import { discoverBoard } from '../board/discover.js'
import { readDtb } from '../board/fdt.js'
import { boardOfSoc } from '../board/table.js'
import { DumpFile, readWhole } from '../dump/dump-file.js'
import { end, type PhysicalMemory, type Range } from '../dump/memory.js'
import { hexAddress, SmemError } from '../errors.js'
import { readPartitionTable, recordedBase } from '../heap/partition-table.js'
import { PTABLE_PAGE } from '../layout/ptable.js'
import { type Dump, openDirectoryDump, openFileDump } from './dump.js'
import { auxiliaryPorts, regionPort } from './dump-regions.js'
import { locate } from './location.js'
import { asRegions, closeAll } from './regions.js'
import type { Source, SourceOptions } from './source.js'

export function openFile(path: string | null, options: SourceOptions): Source {
  return opened(() => openFileDump(path, options), path, options)
}

export function openDirectory(path: string | null, options: SourceOptions): Source {
  return opened(() => openDirectoryDump(path, options), path, options)
}

function opened(open: () => Dump, path: string | null, options: SourceOptions): Source {
  if (options.writable === true) throw readOnlyDump(path ?? 'the source')
  checkBase(options.base ?? 0, '--base')
  for (const { base } of options.aux ?? []) checkBase(base, '--aux')
  const dump = open()
  try {
    return sourceOf(dump, path!, options)
  } finally {
    dump.memory.close()
  }
}

function sourceOf(dump: Dump, path: string, options: SourceOptions): Source {
  const { memory, note, placed, name } = dump
  const board = boardOf(options) ?? note?.board ?? null
  const location = locate(dump, board, options)
  const recorded = recordedIn(memory, location.main)
  const base = placed
    ? location.main.base
    : (recorded ?? board?.carveOut.base ?? location.main.base)
  const main = regionPort(memory, location.main, base)
  const regions = asRegions(main, auxiliaryPorts(dump, main, board, options), options)
  const refuse = () => {
    throw readOnlyDump(path)
  }
  return {
    name,
    live: false,
    foreign: note?.foreign ?? true,
    captured: note,
    regions,
    board,
    warnings: [
      ...dump.warnings,
      ...location.warnings,
      ...(note?.torn === true ? [TORN] : []),
      ...disagreements(base, recorded, board),
      // Known, or an image whose user knows.
      ...(placed || recorded !== null || board !== null || base === 0 ? [] : [UNPLACED]),
    ],
    hwlockOwner: () => note?.hwlock?.owner ?? null,
    lockFile: null,
    openLock: refuse,
    openMutex: refuse,
    close: () => closeAll(regions),
  }
}

const TORN = 'the heap changed while this snapshot was taken: its structures may not fit together'

const UNPLACED =
  'nothing says where this memory lay: addresses count from the start of the file; --base gives its own'

function readOnlyDump(path: string): SmemError {
  return new SmemError('EROFS', `${path} is a dump, and dumps are not written to`, {
    hint: 'try it on a fake SoC: --source fake',
  })
}

/** Linux takes no tree of more than 2 MiB on arm64; a partition with one at its start has more. */
const treeLimit = {
  most: 16 * 1024 * 1024,
  as: 'a device tree',
  hint: 'name a .dtb file: one board, as its boot loader hands it to the kernel',
}

/** The board as the user names it. A tree that leads nowhere is an input to be mended, whatever it lacks. */
function boardOf({ dtb, soc }: SourceOptions): Board | null {
  if (dtb === undefined) return soc === undefined ? null : boardOfSoc(soc)
  const bytes = treeBytes(dtb)
  try {
    return discoverBoard(readDtb(bytes))
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const { code, message, hint } = error
    throw new SmemError(code, `${dtb}: ${message}`, { origin: 'input', hint, cause: error })
  }
}

function treeBytes(path: string): Buffer {
  const file = new DumpFile(path)
  try {
    return readWhole(file, treeLimit)
  } finally {
    file.close()
  }
}

/** What the SIII record of an image says, where it has one. */
function recordedIn(memory: PhysicalMemory, main: Range): number | null {
  const base = end(main) - PTABLE_PAGE
  if (base < main.base || !memory.covers(base, PTABLE_PAGE)) return null
  try {
    const { info } = readPartitionTable(regionPort(memory, { base, size: PTABLE_PAGE }))
    return info === null ? null : recordedBase(info)
  } catch {
    // Version 11 needs no table; the heap itself says what is wrong with a missing one.
    return null
  }
}

function checkBase(base: number, option: string): void {
  if (Number.isSafeInteger(base) && base >= 0 && base % 4 === 0) return
  throw new SmemError(
    'EINVAL',
    `${option} ${hexAddress(base)} is no physical address of a region`,
    {
      origin: 'input',
      hint: 'an address is a multiple of 4, such as 0x86000000',
    },
  )
}

function disagreements(base: number, recorded: number | null, board: Board | null): string[] {
  const others: [string, number | null | undefined][] = [
    ["the image's own SIII record", recorded],
    [board?.model === null ? 'the table of boards' : 'the device tree', board?.carveOut.base],
  ]
  return others
    .filter(([, other]) => other != null && other !== base)
    .map(
      ([who, other]) =>
        `${who} says ${hexAddress(other!)}; addresses are shown from ${hexAddress(base)}`,
    )
}
