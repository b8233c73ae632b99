// SPDX-License-Identifier: MIT
// The file by which local processes and threads keep out of each other's way. Each user of it opens it anew: the
// locks belong to the open file description. A fake SoC carries it in its own memfd.

import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { fromSystemError, SmemError } from '../errors.js'
import type { FilePlace } from '../native/binding.js'

/** On a board; below a folder that is empty after each boot. */
export const LOCK_FILE = '/run/qcom-smem.lock'

export interface LockFilePlace {
  /** As people see it. */
  readonly path: string
  /** Of the record's page. */
  readonly position: number
  /** Whether it is a plain file, made where it is missing. */
  readonly plain: boolean
}

/** What is told of a local lock that others did not release within `timeout` milliseconds. */
export function lockFileBusy(path: string, timeout: number): SmemError {
  return new SmemError(
    'ETIMEDOUT',
    `other processes of this machine did not let go of ${path} within ${timeout} ms`,
    { hint: '`qcom-smem lock` shows who has it' },
  )
}

export interface OpenLockFile extends FilePlace {
  close(): void
}

/**
 * A descriptor of its own of the lock file, which is made 0600 where it is missing.
 * @throws SmemError EACCES, EROFS, ENOENT with the path; EINVAL where it is something else
 */
export function openLockFile({ path, position, plain }: LockFilePlace): OpenLockFile {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants
  let fd: number
  try {
    fd = openSync(path, plain ? O_RDWR | O_CREAT | O_NOFOLLOW : O_RDWR, 0o600)
  } catch (error) {
    throw fromSystemError(error, `open the lock file ${path}`, {
      hint: 'name a place for it that is writable, the same for all programs: lockFile, --lock-file',
    })
  }
  try {
    if (!fstatSync(fd).isFile()) {
      throw new SmemError('EINVAL', `the lock file ${path} is not a regular file`, {
        origin: 'input',
      })
    }
    return { fd, position, close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw fromSystemError(error, `use the lock file ${path}`)
  }
}
