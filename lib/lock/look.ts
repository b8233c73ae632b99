// SPDX-License-Identifier: MIT
// Looking at a lock file without using it: nothing is made, written or locked. Who has a byte of it locked, the
// kernel tells in /proc/PID/fdinfo, to those who may look into other processes.

import { closeSync, constants, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fromSystemError } from '../errors.js'
import type { LockFilePlace } from './lock-file.js'
import { type LockRecord, readRecord } from './record.js'

/**
 * The record of a lock file; null where there is no file yet, or nothing that this version wrote.
 * @throws SmemError EACCES where it may not be read
 */
export function lookAtRecord({ path, position }: LockFilePlace): LockRecord | null {
  let fd: number | undefined
  try {
    // Not to wait for a writer, where it is a pipe.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    return readRecord({ fd, position })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fromSystemError(error, `read the lock file ${path}`)
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

/** A byte of the lock file that a process has locked. */
export interface LockedByte {
  readonly byte: number
  readonly pid: number
}

/** Who has bytes of a lock file locked, as far as it can be seen: root sees all. */
export function lockedBytes({ path }: LockFilePlace): LockedByte[] {
  const file = identity(path)
  if (file === null) return []
  return entries('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) =>
      entries(`/proc/${pid}/fd`)
        .filter((fd) => identity(`/proc/${pid}/fd/${fd}`) === file)
        .flatMap((fd) => bytesOf(`/proc/${pid}/fdinfo/${fd}`))
        .map((byte) => ({ byte, pid: Number(pid) })),
    )
    .sort((a, b) => a.byte - b.byte)
}

/** `lock:  1: OFDLCK ADVISORY  WRITE -1 00:16:1234 4294967299 4294967299`: the last two are first and last byte. */
function bytesOf(fdinfo: string): number[] {
  return attempt(() => readFileSync(fdinfo, 'latin1'), '')
    .split('\n')
    .map((line) => /^lock:.*\bOFDLCK\b.* (\d+) \d+$/.exec(line)?.[1])
    .filter((byte) => byte !== undefined)
    .map(Number)
}

function identity(path: string): string | null {
  return attempt(() => {
    const { dev, ino } = statSync(path, { bigint: true })
    return `${dev}:${ino}`
  }, null)
}

function entries(folder: string): string[] {
  return attempt(() => readdirSync(folder), [])
}

/** Processes come and go while one looks, and some may not be looked at. */
function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}
