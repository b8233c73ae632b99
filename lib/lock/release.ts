// SPDX-License-Identifier: MIT
// Releasing what nobody else will: the mutex of a processor that is declared dead, as the kernel's
// qcom_smem_bust_hwspin_lock_by_host() does, and the mutex that has our id while no program says so.

import { SmemError } from '../errors.js'
import { loadNative } from '../native/load.js'
import { attempt } from '../port/mapped.js'
import { backOff, sleepSync } from './back-off.js'
import { type LockFilePlace, lockFileBusy, openLockFile } from './lock-file.js'
import { hostOfOwner, ownerLabel, ownerOfHost } from './owner-id.js'
import { readRecord } from './record.js'
import type { LockWord } from './word.js'

/**
 * The owner id of a remote processor whose lock may be taken away.
 * @throws SmemError EINVAL for our own host and for hosts that nobody knows, as in the kernel
 */
export function bustable(host: number): number {
  const owner = ownerOfHost(host)
  const refuse = (problem: string, hint: string) =>
    new SmemError('EINVAL', problem, { origin: 'input', host, hint })
  if (host === 0) {
    throw refuse(
      'host 0 is this machine: its lock is not for others to release',
      '`qcom-smem lock release` sees to programs of this machine that died',
    )
  }
  if (hostOfOwner(owner) === null) {
    throw refuse(`no processor has the host id ${host}`, 'modem is 1, adsp is 2')
  }
  return owner
}

/** An id by which programs take the lock. @throws SmemError EINVAL for one of a processor */
export function releasable(id: number): number {
  if (hostOfOwner(id) === null && id > 0) return id
  throw new SmemError('EINVAL', `owner id ${id} is not one of programs: ${ownerLabel(id)} has it`, {
    origin: 'input',
    hint: '--bust HOST releases what a dead processor holds',
  })
}

/** What is true while no local program is about to take the mutex, or has it. */
export type Quiet = 'free' | 'ours' | 'others' | 'announced'

/**
 * Looks at the mutex while no program that uses this lock file can be at work, and with `release` takes it away from
 * `id` where none of them says that it has it. @throws SmemError ETIMEDOUT; what opening the lock file gives
 */
export function inspectQuiet(
  place: LockFilePlace,
  word: LockWord,
  id: number,
  { release, timeout }: { release: boolean; timeout: number },
): Quiet {
  const file = openLockFile(place)
  try {
    const locks = attempt('open the lock file', () => loadNative().fileLocks(file.fd))
    try {
      waitFor(() => locks.tryLock(file.position), timeout, place.path)
      const owner = word.owner()
      if (owner === 0) return 'free'
      if (owner !== id) return 'others'
      if (readRecord(file)?.intent != null) return 'announced'
      return release && word.unlock(id) ? 'free' : 'ours'
    } finally {
      locks.close()
    }
  } finally {
    file.close()
  }
}

function waitFor(take: () => boolean, timeout: number, path: string): void {
  const deadline = performance.now() + timeout
  for (const delay of backOff()) {
    if (attempt('lock the lock file', take)) return
    if (performance.now() >= deadline) break
    sleepSync(delay)
  }
  throw lockFileBusy(path, timeout)
}
