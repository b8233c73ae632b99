// SPDX-License-Identifier: MIT
// The lock of this machine's SMEM: the mutex word that the device tree names, mapped alone. Its page may be refused
// where SMEM itself is not, so what is said then is half of the work.

import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Board } from '../board/board.js'
import { MachineFiles } from '../board/files.js'
import { boundTo } from '../board/kernel.js'
import { fromSystemError, hexAddress, SmemError } from '../errors.js'
import { HeapLock, type LockPlaces, type LockPolicy } from '../lock/heap-lock.js'
import { LOCK_FILE, type LockFilePlace } from '../lock/lock-file.js'
import { LockWord } from '../lock/word.js'
import { DEV_MEM } from '../port/devmem.js'
import type { SourceOptions } from './source.js'

/** A regular file that stands in for the memory device arbitrates nothing: all bits of its words are kept. */
const PLAIN_FIELD = 0xffffffff

/** Another memory than the machine's own has a lock file of its own: one, by whatever path it is reached. */
export function liveLockFile({ lockFile, device = DEV_MEM }: SourceOptions): LockFilePlace {
  const memory = realPath(device)
  const path = lockFile ?? (memory === realPath(DEV_MEM) ? LOCK_FILE : `${memory}.lock`)
  return { path, position: 0, plain: true }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** @throws SmemError ENODEV, EPERM, EACCES; EINVAL for an owner id that would exclude nobody */
export function openLiveLock(
  board: Board,
  file: LockFilePlace,
  policy: LockPolicy,
  device?: string,
): HeapLock {
  const { base, size } = board.carveOut
  return withMutex(board, device, (mutex, kernelBound) => {
    const heap = { fd: mutex.fd, position: base, size, base }
    return new HeapLock({ heap, mutex, file, kernelBound }, policy)
  })
}

/** The mutex word alone. @throws SmemError ENODEV, EPERM, EACCES */
export function openLiveMutex(board: Board, device?: string): LockWord {
  return withMutex(board, device, (mutex) => new LockWord(mutex, mutex.address))
}

/** What is opened maps for itself: the device is closed afterwards. */
function withMutex<T>(
  { hwlock }: Board,
  device = DEV_MEM,
  open: (mutex: LockPlaces['mutex'], kernelBound: boolean) => T,
): T {
  if (hwlock === null) {
    throw new SmemError('ENODEV', 'the device tree names no mutex for SMEM: it can only be read', {
      hint: 'give the qcom,smem node its hwlocks',
    })
  }
  const kernelBound = boundTo(new MachineFiles(), 'qcom_hwspinlock').length > 0
  const fd = openDevice(device)
  try {
    const field = fstatSync(fd).isCharacterDevice() ? 0 : PLAIN_FIELD
    const { address } = hwlock
    return open({ fd, position: address, field, address }, kernelBound)
  } catch (error) {
    const refused = error instanceof SmemError && error.code === 'EPERM'
    throw refused && error.address === hwlock.address ? keptByKernel(error, kernelBound) : error
  } finally {
    closeSync(fd)
  }
}

function openDevice(device: string): number {
  try {
    return openSync(device, constants.O_SYNC | constants.O_RDWR)
  } catch (error) {
    throw fromSystemError(error, `open ${device} for writing`, {
      hint: 'qcom-smem doctor says what stands in the way on this machine',
    })
  }
}

function keptByKernel(cause: SmemError, kernelBound: boolean): SmemError {
  const why = kernelBound
    ? 'its driver qcom_hwspinlock has claimed the page, and this kernel gives out no claimed page (IO_STRICT_DEVMEM)'
    : 'this kernel keeps its page to itself'
  return new SmemError(
    'EPERM',
    `the mutex at ${hexAddress(cause.address!)} cannot be taken: ${why}`,
    {
      syscall: cause.syscall,
      address: cause.address,
      cause,
      hint: 'boot with iomem=relaxed, or describe the bank behind a syscon, which claims nothing; reading works without',
    },
  )
}
