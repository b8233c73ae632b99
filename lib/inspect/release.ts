// SPDX-License-Identifier: MIT
// `lock release` as data: what a dead process of this machine left is finished or dropped; and on express demand
// the mutex is taken away from a processor that is declared dead, or from our own id where no program owns up to it.

import { SmemError } from '../errors.js'
import type { LockPolicy, Recovered } from '../lock/heap-lock.js'
import { lookAtRecord } from '../lock/look.js'
import { hostOfOwner, ownerLabel } from '../lock/owner-id.js'
import { bustable, inspectQuiet, releasable } from '../lock/release.js'
import type { Source } from '../source/source.js'

export interface ReleaseRequest extends LockPolicy {
  /** Give up an intent that is damaged. */
  readonly discard: boolean
  /** Remote host that is declared dead. */
  readonly bust: number | null
  /** Release the mutex from our own id though no process has announced anything. */
  readonly ours: boolean
}

export interface ReleaseReport {
  readonly schema: 'qcom-smem/lock-release@1'
  /** What a dead process had left, and what became of it. */
  readonly recovered: Recovered | null
  /** That process. */
  readonly pid: number | null
  /** Owner id that the mutex was taken away from on express demand. */
  readonly released: number | null
  /** Owner id afterwards, 0 when free. */
  readonly owner: number | null
}

/**
 * @param source open for writing
 * @throws SmemError EBUSY where somebody has the mutex whom this does not release; EINVAL; as `HeapLock.recover`
 */
export function releaseReport(source: Source, request: ReleaseRequest): ReleaseReport {
  if (request.bust !== null) return bust(source, request.bust)
  const lock = source.openLock(request)
  try {
    const { ownerId, timeout } = lock
    const id = request.ours ? releasable(ownerId) : ownerId
    const left = lookAtRecord(source.lockFile!)?.intent ?? null
    const recovered = lock.recover(request.discard)
    const released = releaseOwn(source, id, request.ours, timeout) ? id : null
    const pid = recovered === null ? null : (left?.process.pid ?? null)
    return { ...report, recovered, pid, released, owner: source.hwlockOwner() }
  } finally {
    lock.close()
  }
}

const report = {
  schema: 'qcom-smem/lock-release@1',
  recovered: null,
  pid: null,
  released: null,
} as const

function bust(source: Source, host: number): ReleaseReport {
  const owner = bustable(host)
  const word = source.openMutex()
  try {
    if (word.unlock(owner)) return { ...report, released: owner, owner: word.owner() }
    const holder = word.owner()
    if (holder === 0) return { ...report, owner: 0 }
    throw new SmemError(
      'EBUSY',
      `${ownerLabel(holder)} holds the mutex, not ${ownerLabel(owner)}: nothing was released`,
      { address: word.address, host: hostOfOwner(holder) ?? undefined },
    )
  } finally {
    word.close()
  }
}

/** Whether the mutex had our id without anybody's word for it, and was released. */
function releaseOwn(source: Source, id: number, release: boolean, timeout: number): boolean {
  const word = source.openMutex()
  try {
    const look = (wanted: boolean) =>
      inspectQuiet(source.lockFile!, word, id, { release: wanted, timeout })
    const before = look(false)
    if (before === 'ours' && release) return look(true) === 'free'
    if (before === 'ours') {
      throw new SmemError(
        'EBUSY',
        `the mutex has our owner id ${id}, and no program says in ${source.lockFile!.path} that it took it`,
        {
          address: word.address,
          hint: 'a program with another lock file has it, or left it; when you are sure that none runs: `qcom-smem lock release --ours`',
        },
      )
    }
    if (before !== 'announced') return false
    throw new SmemError('EBUSY', 'one more process has just died with the mutex', {
      hint: '`qcom-smem lock release` again',
    })
  } finally {
    word.close()
  }
}
