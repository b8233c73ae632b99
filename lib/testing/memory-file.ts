// SPDX-License-Identifier: MIT
// The memory of a fake SoC as a file that others open: a memfd, whose size is sealed. A page of any other file is gone
// where somebody cuts the file off, and whoever reads that gets SIGBUS, so no other file is mapped.

import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs'
import { type ErrorCode, fromSystemError, SmemError } from '../errors.js'
import { createMemfd } from '../port/memfd.js'

const NAME = 'qcom-smem'
const hint =
  'a fake SoC is reached by the path that `qcom-smem fake`, or its FakeSoc, tells; it ends with the process that made it'

/** A new one of `size` zero bytes, which are `whose`. The caller owns the descriptor. */
export function createMemory(whose: string, size: number): number {
  return createMemfd(`${NAME} ${whose}`, size)
}

/**
 * Opens one that another object, or another process, has made. The caller owns the descriptor.
 * @throws SmemError ENOENT, EACCES where the path cannot be opened; EINVAL, EISDIR where it is something else
 */
export function openMemory(path: string, writable: boolean): number {
  const refused = (error: unknown) =>
    fromSystemError(error, `attach to a fake SoC at ${path}`, { origin: 'input', hint })
  let fd: number
  try {
    // Something happens where some devices are opened: they are not.
    checkKind(path, statSync(path))
    fd = openSync(path, (writable ? constants.O_RDWR : constants.O_RDONLY) | constants.O_NONBLOCK)
  } catch (error) {
    throw refused(error)
  }
  try {
    checkKind(path, fstatSync(fd))
    if (isOurs(fd)) return fd
    throw noFake(path, 'it is not memory that a FakeSoc has made')
  } catch (error) {
    closeSync(fd)
    throw refused(error)
  }
}

function checkKind(path: string, stats: Stats): void {
  if (stats.isDirectory()) throw noFake(path, 'it is a directory', { code: 'EISDIR' })
  if (!stats.isFile()) throw noFake(path, 'it is no file of memory')
}

/** `/memfd:qcom-smem sdm845 (deleted)`: a memfd has a name, but no place in any folder. */
function isOurs(fd: number): boolean {
  const link = readlinkSync(`/proc/self/fd/${fd}`)
  return fstatSync(fd).nlink === 0 && link.startsWith(`/memfd:${NAME} `)
}

/** What is told of a file that is no fake SoC, or a broken one. */
export function noFake(
  path: string,
  why: string,
  { code = 'EINVAL', cause }: { code?: ErrorCode; cause?: unknown } = {},
): SmemError {
  return new SmemError(code, `${path} is no fake SoC: ${why}`, { origin: 'input', cause, hint })
}
