// SPDX-License-Identifier: MIT
// The state of a lock as `name  value` lines.

import { hostName } from '../../data/hosts.js'
import type { ClaimReport, HoldReport, IntentReport, LockReport } from '../../inspect/lock.js'
import { ownerLabel } from '../../lock/owner-id.js'
import { printable } from './style.js'
import { duration } from './time.js'

export function lockFacts(lock: LockReport): [string, string][] {
  const { hwlock, owner, file, intent, acquisitions, recoveries, hold, claims } = lock
  return [
    ['source', printable(lock.source)],
    ['owner', ownerText(owner, hwlock !== null)],
    [
      'mutex',
      hwlock === null
        ? '-'
        : `${hwlock.family} at ${hwlock.bank}, lock ${hwlock.index}: the word at ${hwlock.address}`,
    ],
    ['lock file', file === null ? '-' : printable(file)],
    ['announced', intent === null ? 'nothing' : intentText(intent)],
    ['acquisitions', String(acquisitions)],
    ['recoveries', String(recoveries)],
    ['held', hold === null ? '-' : holdText(hold)],
    ...(claims.length === 0 ? [['claims', 'none'] as [string, string]] : claims.map(claimFact)),
  ]
}

function ownerText(owner: number | null, known: boolean): string {
  if (owner !== null) return owner === 0 ? 'free' : ownerLabel(owner)
  return known ? 'not readable here; qcom-smem doctor says why' : '-'
}

function intentText({ state, owner, pid, command, alive, age, steps, progress }: IntentReport) {
  const doing =
    state === 'waiting'
      ? `wants the mutex, ${steps} steps`
      : `stores, ${progress} of ${steps} steps`
  const who = alive ? processText(pid, command) : `process ${pid}, which is dead`
  return `${doing}: by ${ownerLabel(owner)}, ${duration(age * 1e6)} ago, ${who}`
}

function holdText({ median, p99, p999, longest }: HoldReport): string {
  const shares = [
    ['half', median],
    ['99 %', p99],
    ['99.9 %', p999],
  ] as const
  const below = shares.map(([share, time]) => `${share} below ${duration(time ?? 0)}`)
  return `${below.join(', ')}; longest ${duration(longest)}`
}

function claimFact({ item, name, host, pid, command }: ClaimReport): [string, string] {
  const what = name === null ? `item ${item}` : `${name} (${item})`
  const where = host === null ? '' : ` of ${hostName(host) ?? `host ${host}`}`
  return ['claim', `${what}${where}: ${processText(pid, command)}`]
}

/** Anybody names a process as he likes. */
export function processText(pid: number, command: string | null): string {
  return command ? `process ${pid} (${printable(command)})` : `process ${pid}`
}
