// SPDX-License-Identifier: MIT
// The file by which local processes and threads keep out of each other's way. Each user of it opens it anew: the
// locks belong to the open file description. A fake SoC carries it in its own memfd.

import { closeSync, constants as flags, fstatSync, openSync, type Stats } from 'node:fs'
import { constants } from 'node:os'
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

/** What is told of a local lock that the operating system gives to nobody, or not any more; `errno` says why. */
export function lockFileUnlockable(path: string, errno: number): SmemError {
  const code = Object.entries(constants.errno).find(([, number]) => number === errno)?.[0]
  const problem = { code, syscall: 'fcntl', message: `errno ${errno}` }
  const hint =
    errno === constants.errno.ESTALE
      ? 'start this program again; while programs use the lock file, nobody may remove it'
      : 'name a place where files can be locked, the same for all programs: lockFile, --lock-file'
  return fromSystemError(problem, `lock the lock file ${path}`, { hint })
}

export interface OpenLockFile extends FilePlace {
  close(): void
}

/**
 * A descriptor of its own of the lock file, which is made 0600 where it is missing.
 * @throws SmemError EACCES, EROFS, ENOENT with the path; EINVAL where it is something else; EPERM where others could
 *   have written it
 */
export function openLockFile({ path, position, plain }: LockFilePlace): OpenLockFile {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = flags
  let fd: number
  try {
    fd = openSync(path, plain ? O_RDWR | O_CREAT | O_NOFOLLOW : O_RDWR, 0o600)
  } catch (error) {
    throw fromSystemError(error, `open the lock file ${path}`, {
      hint: 'name a place for it that is writable, the same for all programs: lockFile, --lock-file',
    })
  }
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) {
      throw new SmemError('EINVAL', `the lock file ${path} is not a regular file`, {
        origin: 'input',
      })
    }
    if (plain) assertTrusted(path, stats)
    return { fd, position, close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw fromSystemError(error, `use the lock file ${path}`)
  }
}

const WRITABLE_BY_OTHERS = 0o022

/** What a lock file announces is stored by whoever comes next, by root too: so nobody else may have written it. */
function assertTrusted(path: string, { uid, mode }: Stats): void {
  const ownerTrusted = uid === 0 || uid === process.geteuid?.()
  if (ownerTrusted && (mode & WRITABLE_BY_OTHERS) === 0) return
  const why = ownerTrusted
    ? `its mode is ${(mode & 0o7777).toString(8).padStart(4, '0')}`
    : `it belongs to user ${uid}`
  throw new SmemError('EPERM', `the lock file ${path} can be written by others: ${why}`, {
    hint: 'it has to be 0600, and of the user who runs all programs that allocate, or of root; or name another: lockFile, --lock-file',
  })
}
