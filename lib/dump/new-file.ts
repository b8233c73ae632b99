// SPDX-License-Identifier: MIT
// A file that is there whole or not at all: written under another name beside it, and then given its own. A half-written
// dump with the right name would be believed later.

import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs'
import { fromSystemError, SmemError } from '../errors.js'

/** Memory holds secrets: nobody but its owner reads the file. */
const MODE = 0o600
const MOST_TRIES = 16

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
  if (!replace) throw isThere(path)
}

/** @throws SmemError as `checkNewFile`; with origin `input` what the file system says: EACCES, ENOENT, ENOSPC, ... */
export function writeNewFile(path: string, bytes: Uint8Array, options: NewFileOptions): void {
  checkNewFile(path, options)
  try {
    const { temporary, fd } = openBeside(path)
    try {
      fill(fd, bytes)
      // Somebody may have made it meanwhile.
      checkNewFile(path, options)
      if (options.replace || !link(temporary, path)) renameSync(temporary, path)
    } finally {
      rmSync(temporary, { force: true })
    }
  } catch (error) {
    throw fromSystemError(error, `write ${path}`, {
      origin: 'input',
      hint: 'check the folder, its permissions and the space that is left',
    })
  }
}

/** A new file under a name that nobody else has: one that was killed may have left its own behind. */
function openBeside(path: string): { temporary: string; fd: number } {
  for (let tries = 1; ; tries++) {
    const temporary = `${path}.${Math.random().toString(36).slice(2, 10)}.part`
    try {
      return { temporary, fd: openSync(temporary, 'wx', MODE) }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || tries === MOST_TRIES) throw error
    }
  }
}

/** Gives a file a name that nothing else has, as renaming does not. False on file systems that have no links. */
function link(file: string, name: string): boolean {
  try {
    linkSync(file, name)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw isThere(name)
    return false
  }
}

function fill(fd: number, bytes: Uint8Array): void {
  try {
    let done = 0
    while (done < bytes.length) done += writeSync(fd, bytes, done)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
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

function isThere(path: string): SmemError {
  return new SmemError('EEXIST', `${path} is there already`, {
    hint: 'name another file, or replace it with --force',
  })
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
