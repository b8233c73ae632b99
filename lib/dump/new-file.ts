// SPDX-License-Identifier: MIT
// A file that is there whole or not at all: written under another name beside it, and then renamed. A half-written
// dump with the right name would be believed later.

import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { fromSystemError, SmemError } from '../errors.js'

/** Memory holds secrets: nobody but its owner reads the file. */
const MODE = 0o600

export interface NewFileOptions {
  /** Takes the place of a file that is there. */
  readonly replace: boolean
}

/**
 * Says early what stands in the way of `writeNewFile`.
 * @throws SmemError EEXIST where a file is there; EINVAL, EISDIR where what is there is no file
 */
export function checkNewFile(path: string, { replace }: NewFileOptions): void {
  const stat = statOf(path)
  if (stat === undefined) return
  if (stat.isDirectory()) throw refused('EISDIR', `${path} is a directory`, 'name a file in it')
  // Renamed over a device, the file would take its place for everybody.
  if (!(stat.isFile() || stat.isSymbolicLink())) {
    throw refused('EINVAL', `${path} is not a regular file`, '-o - writes to the standard output')
  }
  if (!replace) {
    throw new SmemError('EEXIST', `${path} is there already`, {
      hint: 'name another file, or replace it with --force',
    })
  }
}

/** @throws SmemError as `checkNewFile`; with origin `input` what the file system says: EACCES, ENOENT, ENOSPC, ... */
export function writeNewFile(path: string, bytes: Uint8Array, options: NewFileOptions): void {
  checkNewFile(path, options)
  const temporary = `${path}.${process.pid}.part`
  let made = false
  try {
    const fd = openSync(temporary, 'wx', MODE)
    made = true
    try {
      writeAll(fd, bytes)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    // Somebody may have made it meanwhile.
    checkNewFile(path, options)
    renameSync(temporary, path)
  } catch (error) {
    if (made) unlinkSync(temporary)
    throw fromSystemError(error, `write ${path}`, {
      origin: 'input',
      hint: 'check the folder, its permissions and the space that is left',
    })
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done)
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw fromSystemError(error, `write ${path}`, { origin: 'input' })
  }
}

function refused(code: 'EINVAL' | 'EISDIR', problem: string, hint: string): SmemError {
  return new SmemError(code, problem, { origin: 'input', hint })
}
