// SPDX-License-Identifier: MIT
// Opening what a user, or a list in a dump, names as a file. It may be anything: a pipe makes who opens it wait for a
// writer that never comes, a device is set going. Nothing is read before it is known to be a file.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type ErrorCode, fromSystemError, SmemError } from '../errors.js'

/** Windows has no such flag, and no pipes among its files. */
const { O_RDONLY, O_NONBLOCK = 0 } = constants

export interface RegularFile {
  /** Whoever opened it closes it. */
  readonly fd: number
  readonly size: number
}

/** @throws SmemError with origin `input`: EISDIR, EINVAL for anything else that is no file, what the system says */
export function openRegular(path: string): RegularFile {
  let fd: number
  try {
    fd = openSync(path, O_RDONLY | O_NONBLOCK)
  } catch (error) {
    throw unreadable(error, path)
  }
  try {
    const stat = fstatSync(fd)
    if (stat.isDirectory()) {
      const hint = 'name a file; a split ramdump is opened with --source dir:PATH'
      throw wrongFile('EISDIR', path, 'is a directory', hint)
    }
    if (!stat.isFile()) throw wrongFile('EINVAL', path, 'is not a regular file')
    return { fd, size: stat.size }
  } catch (error) {
    closeSync(fd)
    throw unreadable(error, path)
  }
}

/** The first bytes of a file, at most `most`. @throws SmemError as `openRegular` */
export function readStart(path: string, most: number): Buffer {
  const { fd, size } = openRegular(path)
  try {
    const bytes = Buffer.alloc(Math.min(size, most))
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0))
  } catch (error) {
    throw unreadable(error, path)
  } finally {
    closeSync(fd)
  }
}

export function wrongFile(
  code: ErrorCode,
  path: string,
  problem: string,
  hint?: string,
): SmemError {
  return new SmemError(code, `${path} ${problem}`, { origin: 'input', hint })
}

export function unreadable(error: unknown, path: string): SmemError {
  const hint = 'check the path and its permissions'
  return fromSystemError(error, `read ${path}`, { origin: 'input', hint })
}
