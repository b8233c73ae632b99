// SPDX-License-Identifier: MIT
// A dump: a raw image of region 0, with a raw image for each auxiliary region. Files are read, not mapped,
// so nothing that happens to them later can reach us.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Board } from '../board/board.js'
import { discoverBoard } from '../board/discover.js'
import { readDtb } from '../board/fdt.js'
import { fromSystemError, hexAddress, SmemError } from '../errors.js'
import { readPartitionTable, recordedBase } from '../heap/partition-table.js'
import { BytesPort } from '../port/bytes.js'
import { asRegions, closeAll } from './regions.js'
import type { Source, SourceOptions } from './source.js'

/** Known carve-outs are 2 MiB at most; what is larger by this much is a dump of something else. */
const LARGEST_IMAGE = 256 * 1024 * 1024

const ELF_MAGIC = '\x7fELF'

export function openFile(path: string | null, options: SourceOptions): Source {
  if (path === null || path === '') {
    throw new SmemError('EINVAL', 'the source file: names no file', {
      origin: 'input',
      hint: 'write --source file:PATH',
    })
  }
  if (options.writable === true) {
    throw readOnlyDump(path)
  }
  const image = readImage(path)
  const board = options.dtb === undefined ? null : boardOf(options.dtb)
  const recorded = siiiBase(image)
  const base = options.base ?? recorded ?? board?.carveOut.base ?? 0
  checkBase(base, image.length, '--base')
  const auxiliary = (options.aux ?? []).map((region) => {
    const bytes = readImage(region.path)
    checkBase(region.base, bytes.length, '--aux')
    return new BytesPort(bytes, { base: region.base })
  })
  const regions = asRegions(new BytesPort(image, { base }), auxiliary, options)
  return {
    name: `file:${path}`,
    live: false,
    regions,
    board,
    warnings: warnings(base, recorded, board),
    hwlockOwner: () => null,
    lockFile: null,
    openLock: () => {
      throw readOnlyDump(path)
    },
    openMutex: () => {
      throw readOnlyDump(path)
    },
    close: () => closeAll(regions),
  }
}

function readOnlyDump(path: string): SmemError {
  return new SmemError('EROFS', `${path} is a dump, and dumps are not written to`, {
    hint: 'try it on a fake SoC: --source fake',
  })
}

function readImage(path: string): Uint8Array {
  const bytes = readRegularFile(path)
  if (bytes.subarray(0, 4).toString('latin1') === ELF_MAGIC) {
    throw new SmemError('EOPNOTSUPP', `${path} is an ELF file; only raw images are read so far`, {
      origin: 'input',
      hint: 'cut the carve-out out of it, for example with gdb: dump binary memory FILE START END',
    })
  }
  return bytes
}

/** The whole of a file into memory of its own. @throws SmemError with origin `input` */
function readRegularFile(path: string): Buffer {
  const failed = (code: 'EINVAL' | 'EISDIR', problem: string, hint?: string) =>
    new SmemError(code, `${path} ${problem}`, { origin: 'input', hint })
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    const stat = fstatSync(fd)
    if (stat.isDirectory()) {
      throw failed('EISDIR', 'is a directory', 'name a file: a raw image of the carve-out')
    }
    if (!stat.isFile()) throw failed('EINVAL', 'is not a regular file')
    if (stat.size === 0) throw failed('EINVAL', 'is empty', 'was the dump written completely?')
    if (stat.size > LARGEST_IMAGE) {
      throw failed(
        'EINVAL',
        `has ${stat.size} bytes: far more than any carve-out`,
        'cut the carve-out out of it; the device tree of the board tells where it lies',
      )
    }
    // Memory of its own, not a slice of the pool: the port takes words straight from it.
    const bytes = Buffer.allocUnsafeSlow(stat.size)
    let done = 0
    while (done < bytes.length) {
      const count = readSync(fd, bytes, done, bytes.length - done, done)
      if (count === 0) throw failed('EINVAL', 'became shorter while it was read')
      done += count
    }
    return bytes
  } catch (error) {
    throw fromSystemError(error, `read ${path}`, {
      origin: 'input',
      hint: 'check the path and its permissions',
    })
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

/** A tree that leads nowhere is an input to be mended, whatever it lacks. */
function boardOf(path: string): Board {
  const bytes = readRegularFile(path)
  try {
    return discoverBoard(readDtb(bytes))
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const { code, message, hint } = error
    throw new SmemError(code, `${path}: ${message}`, { origin: 'input', hint, cause: error })
  }
}

/** What the SIII record of the image says, where it has one. */
function siiiBase(image: Uint8Array): number | null {
  try {
    const { info } = readPartitionTable(new BytesPort(image))
    return info === null ? null : recordedBase(info)
  } catch {
    // Version 11 needs no table; the heap itself says what is wrong with a missing one.
    return null
  }
}

function checkBase(base: number, size: number, option: string): void {
  if (Number.isInteger(base) && base >= 0 && base % 4 === 0 && base + size <= 2 ** 53) return
  throw new SmemError('EINVAL', `${option} ${base} is no physical address of a region`, {
    origin: 'input',
    hint: 'an address is a multiple of 4, such as 0x86000000',
  })
}

function warnings(base: number, recorded: number | null, board: Board | null): string[] {
  const others: [string, number | null | undefined][] = [
    ["the image's own SIII record", recorded],
    ['the device tree', board?.carveOut.base],
  ]
  return others
    .filter(([, other]) => other != null && other !== base)
    .map(
      ([who, other]) =>
        `${who} says ${hexAddress(other!)}; addresses are shown from ${hexAddress(base)}`,
    )
}
