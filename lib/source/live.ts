// SPDX-License-Identifier: MIT
// The SMEM of the machine we run on, through /dev/mem. The device tree says where it lies; nothing is
// guessed, and nothing but the carve-out, the auxiliary regions and on demand the mutex word is mapped.

import type { Board, HwlockWord, PhysicalRange } from '../board/board.js'
import { discoverBoard } from '../board/discover.js'
import { readProcDeviceTree } from '../board/proc.js'
import { hexAddress, SmemError } from '../errors.js'
import { openDevMem } from '../port/devmem.js'
import type { MemoryPort } from '../port/port.js'
import { unusedDumpOptions } from './dump-options.js'
import { liveLockFile, openLiveLock, openLiveMutex } from './live-lock.js'
import { asRegions, closeAll } from './regions.js'
import type { Source, SourceOptions } from './source.js'

export function openLive(argument: string | null, options: SourceOptions): Source {
  if (argument !== null) {
    throw new SmemError('EINVAL', `nothing goes behind the source live, also not "${argument}"`, {
      origin: 'input',
      hint: 'a dump in a file is --source file:PATH',
    })
  }
  const board = options.board ?? liveBoard()
  const { writable, device } = options
  const lockFile = liveLockFile(options)
  const opened: MemoryPort[] = []
  const map = ({ base, size }: PhysicalRange, wide: boolean) => {
    const port = openDevMem(base, size, { writable, wide, device })
    opened.push(port)
    return port
  }
  try {
    const main = map(board.carveOut, true)
    const warnings = unusedDumpOptions(options, 'live memory')
    const auxiliary = board.auxiliary.flatMap((range) => {
      try {
        return [map(range, false)]
      } catch (error) {
        // Protection units wall these off on many boards; the heap is worth reading without them.
        if (!(error instanceof SmemError)) throw error
        warnings.push(
          `items in the region at ${hexAddress(range.base)} are out of reach: ${error.message}`,
        )
        return []
      }
    })
    const regions = asRegions(main, auxiliary, options)
    return {
      name: 'live',
      live: true,
      foreign: false,
      captured: null,
      regions,
      board,
      warnings,
      hwlockOwner: () => (board.hwlock === null ? null : readOwner(board.hwlock, device)),
      lockFile,
      openLock: (policy) => openLiveLock(board, lockFile, policy, device),
      openMutex: () => openLiveMutex(board, device),
      close: () => closeAll(regions),
    }
  } catch (error) {
    for (const port of opened) port.close()
    throw error
  }
}

function liveBoard(): Board {
  if (process.platform === 'linux') return discoverBoard(readProcDeviceTree())
  throw new SmemError('ENODEV', `there is no live SMEM on ${process.platform}`, {
    hint: 'read a dump with --source file:PATH, or look at a pretend SoC with --source fake',
  })
}

/** One look at the mutex word. The kernel may keep its page to itself (IO_STRICT_DEVMEM): then null. */
function readOwner({ address }: HwlockWord, device: string | undefined): number | null {
  try {
    const port = openDevMem(address, 4, { device })
    try {
      return port.read32(0)
    } finally {
      port.close()
    }
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  }
}
