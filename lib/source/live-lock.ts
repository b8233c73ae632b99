// SPDX-License-Identifier: MIT
// The lock of this machine's SMEM: the mutex word that the device tree names, mapped alone. Its page may be refused
// where SMEM itself is not, so what is said then is half of the work.

import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import type { Board } from '../board/board.js'
import { MachineFiles } from '../board/files.js'
import { readKernel } from '../board/kernel.js'
import { fromSystemError, hexAddress, SmemError } from '../errors.js'
import { HeapLock, type LockPolicy } from '../lock/heap-lock.js'
import type { LockFilePlace } from '../lock/lock-file.js'
import { DEV_MEM } from '../port/devmem.js'

/** A regular file that stands in for the memory device arbitrates nothing: all bits of its words are kept. */
const PLAIN_FIELD = 0xffffffff

/** @throws SmemError ENODEV, EPERM, EACCES; EINVAL for an owner id that would exclude nobody */
export function openLiveLock(
  board: Board,
  file: LockFilePlace,
  policy: LockPolicy,
  device = DEV_MEM,
): HeapLock {
  const { hwlock, carveOut } = board
  if (hwlock === null) {
    throw new SmemError('ENODEV', 'the device tree names no mutex for SMEM: it can only be read', {
      hint: 'give the qcom,smem node its hwlocks',
    })
  }
  const { bound } = readKernel(new MachineFiles())
  const kernelBound = bound.qcom_hwspinlock.length > 0
  const fd = openDevice(device)
  try {
    const field = fstatSync(fd).isCharacterDevice() ? 0 : PLAIN_FIELD
    const { address } = hwlock
    return new HeapLock(
      {
        heap: { fd, position: carveOut.base, size: carveOut.size, base: carveOut.base },
        mutex: { fd, position: address, field, address },
        file,
        kernelBound,
      },
      policy,
    )
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
