// SPDX-License-Identifier: MIT
// The lock of a heap as data: who has the mutex, what a process has announced and whether it lives, how long the
// mutex was held so far, who has claimed which item. Only looked at: nothing is locked, made or mapped for writing.

import { itemName } from '../data/item-names.js'
import { hexAddress } from '../errors.js'
import { claimOfByte } from '../lock/claim.js'
import { isAlive, processCommand } from '../lock/identity.js'
import type { LockFilePlace } from '../lock/lock-file.js'
import { lockedBytes, lookAtRecord } from '../lock/look.js'
import { hostOfOwner } from '../lock/owner-id.js'
import { bucketEnd, type IntentState, type LockRecord, quantile } from '../lock/record.js'
import type { Source } from '../source/source.js'

export interface IntentReport {
  readonly state: IntentState
  readonly owner: number
  readonly pid: number
  /** null once the process has ended. */
  readonly command: string | null
  readonly alive: boolean
  /** Milliseconds since it was announced. */
  readonly age: number
  readonly steps: number
  readonly progress: number
}

/** Nanoseconds. */
export interface HoldReport {
  readonly median: number | null
  readonly p99: number | null
  readonly p999: number | null
  readonly longest: number
  /** How many holds were shorter than `below` and not than the bucket before; only buckets that have some. */
  readonly histogram: readonly { readonly below: number; readonly count: number }[]
}

export interface ClaimReport {
  readonly item: number
  readonly name: string | null
  readonly host: number | null
  readonly pid: number
  readonly command: string | null
}

export interface LockReport {
  readonly schema: 'qcom-smem/lock@1'
  readonly source: string
  /** Owner id, 0 when free; null where there is no mutex, or where it may not be read. */
  readonly owner: number | null
  /** Of the processor whose owner id this is; 0 is this machine's own. */
  readonly host: number | null
  readonly hwlock: {
    readonly family: string
    readonly bank: string
    readonly index: number
    readonly address: string
  } | null
  /** Path of the lock file; null for a dump. */
  readonly file: string | null
  readonly intent: IntentReport | null
  readonly acquisitions: number
  readonly recoveries: number
  readonly hold: HoldReport | null
  readonly claims: readonly ClaimReport[]
}

/** @throws SmemError EACCES where the lock file may not be read */
export function lockReport(source: Source): LockReport {
  const { name, board, live, lockFile } = source
  const hwlock = live ? (board?.hwlock ?? null) : null
  const owner = source.hwlockOwner()
  const record = lockFile === null ? null : lookAtRecord(lockFile)
  return {
    schema: 'qcom-smem/lock@1',
    source: name,
    owner,
    host: owner === null ? null : hostOfOwner(owner),
    hwlock: hwlock && {
      family: hwlock.family,
      bank: hexAddress(hwlock.bank.base),
      index: hwlock.index,
      address: hexAddress(hwlock.address),
    },
    file: lockFile?.path ?? null,
    intent: record === null ? null : intentReport(record),
    acquisitions: record?.acquisitions ?? 0,
    recoveries: record?.recoveries ?? 0,
    hold: record === null || record.acquisitions === 0 ? null : holdReport(record),
    claims: lockFile === null ? [] : claimsIn(lockFile),
  }
}

/** Who has claimed what, as far as it can be seen. */
export function claimsIn(file: LockFilePlace): ClaimReport[] {
  return lockedBytes(file).flatMap(({ byte, pid }) => {
    const claimed = claimOfByte(byte)
    if (claimed === null) return []
    const { id, host } = claimed
    return [{ item: id, name: itemName(id), host, pid, command: processCommand(pid) }]
  })
}

function intentReport({ intent }: LockRecord): IntentReport | null {
  if (intent === null) return null
  const { state, owner, process, age, steps, progress } = intent
  const alive = isAlive(process)
  const command = alive ? processCommand(process.pid) : null
  return { state, owner, pid: process.pid, command, alive, age: Math.round(age), steps, progress }
}

function holdReport({ holds, longestHold }: LockRecord): HoldReport {
  return {
    median: quantile(holds, 0.5),
    p99: quantile(holds, 0.99),
    p999: quantile(holds, 0.999),
    longest: longestHold,
    histogram: [...holds.entries()]
      .filter(([, count]) => count > 0)
      .map(([bucket, count]) => ({ below: bucketEnd(bucket), count })),
  }
}
