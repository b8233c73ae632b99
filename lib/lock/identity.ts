// SPDX-License-Identifier: MIT
// Who announces an intent, and for which heap: words that are kept in the lock file next to it. A pid alone
// would name another process after some time, so its start time goes along.

import { readFileSync } from 'node:fs'

/** A process as the lock file names it. */
export interface ProcessName {
  readonly pid: number
  /** Clock ticks since boot, field 22 of /proc/PID/stat; 0 where that cannot be read. */
  readonly start: number
}

/** @param heap physical address of region 0; @param mutex that of the mutex word */
export function identityWords(heap: number, mutex: number): Uint32Array {
  const boot = bootId()
  const { pid, start } = ownProcess()
  const words = [pid, ...wide(start), 0, ...boot, ...wide(heap), ...wide(mutex)]
  return Uint32Array.from(words)
}

/** `start` of a process that runs; null where there is none of that pid, or one that only waits to be buried. */
export function processStart(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command's name stands in parentheses and may hold any character.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? null : Number(fields[18])
  } catch {
    return null
  }
}

/** Whether that very process runs, and not a later one of the same pid. */
export function isAlive({ pid, start }: ProcessName): boolean {
  const running = processStart(pid)
  return running !== null && (start === 0 || running === start)
}

/** The command line of a process; null where there is none of that pid. */
export function processCommand(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').join(' ').trim()
  } catch {
    return null
  }
}

function ownProcess(): ProcessName {
  return { pid: process.pid, start: processStart(process.pid) ?? 0 }
}

/** Differs from boot to boot: what a lock file says of an earlier one is of no meaning. */
function bootId(): number[] {
  let hex = ''
  try {
    hex = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').replaceAll('-', '')
  } catch {
    // Without /proc every boot looks alike; the mutex register still tells what is held.
  }
  return [0, 8, 16, 24].map((at) => Number.parseInt(hex.slice(at, at + 8), 16) || 0)
}

function wide(value: number): [low: number, high: number] {
  return [value % 2 ** 32, Math.floor(value / 2 ** 32)]
}
