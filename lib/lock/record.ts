// SPDX-License-Identifier: MIT
// The page of the lock file, as native/record.h lays it out: what the last process that took the lock was about
// to do, and how long the lock was held so far.

import { readSync } from 'node:fs'
import { array, reserved, u32 } from '../layout/scalar.js'
import { type Of, struct } from '../layout/struct.js'
import type { FilePlace } from '../native/binding.js'
import type { ProcessName } from './identity.js'

const wide = array(u32, 2)
const MAX_STEPS = 256
export const HOLD_BUCKETS = 128

const Page = struct('lock record', {
  magic: u32,
  layout: u32,
  intent: u32,
  owner: u32,
  time: wide,
  pid: u32,
  start: wide,
  unused: reserved(4),
  boot: array(u32, 4),
  heap: array(u32, 4),
  stepCount: u32,
  recoveries: u32,
  acquisitions: wide,
  longestHold: u32,
  progress: u32,
  kept: u32,
  tried: u32,
  reserved: reserved(24),
  holds: array(u32, HOLD_BUCKETS),
  steps: reserved(MAX_STEPS * 12),
})

export const RECORD_SIZE = Page.size

/** Bytes "QSLK". */
const MAGIC = 0x4b4c5351
const LAYOUT = 1

/** What an announced allocation has come to. */
export type IntentState = 'waiting' | 'applying'

export interface Intent {
  /** `waiting`: wants the mutex, or has it and has stored nothing. `applying`: some of its stores are made. */
  readonly state: IntentState
  readonly owner: number
  readonly process: ProcessName
  /** Milliseconds since it was announced. */
  readonly age: number
  readonly steps: number
  /** How many of them are stored for certain. */
  readonly progress: number
}

export interface LockRecord {
  readonly intent: Intent | null
  readonly acquisitions: number
  readonly recoveries: number
  /** Nanoseconds. */
  readonly longestHold: number
  /** How often the lock was held how long; see `bucketEnd`. */
  readonly holds: readonly number[]
}

const states: Record<number, IntentState> = { 1: 'waiting', 2: 'applying' }

/** What the page says now; null where it was never used, or by another version of this library. */
export function readRecord({ fd, position }: FilePlace): LockRecord | null {
  const bytes = Buffer.alloc(RECORD_SIZE)
  readSync(fd, bytes, 0, RECORD_SIZE, position)
  const page = Page.read(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0)
  if (page.magic !== MAGIC || page.layout !== LAYOUT) return null
  return {
    intent: intentOf(page),
    acquisitions: join(page.acquisitions),
    recoveries: page.recoveries,
    longestHold: page.longestHold,
    holds: page.holds,
  }
}

function intentOf(page: Of<typeof Page>): Intent | null {
  const state = states[page.intent]
  if (state === undefined) return null
  const announced = join(page.time) / 1e6
  return {
    state,
    owner: page.owner,
    process: { pid: page.pid, start: join(page.start) },
    age: Math.max(0, Number(process.hrtime.bigint()) / 1e6 - announced),
    steps: page.stepCount,
    progress: page.progress,
  }
}

function join([low, high]: readonly number[]): number {
  return high! * 2 ** 32 + low!
}

/** Nanoseconds that every hold of a bucket is below: four buckets for each power of two, one each below 8. */
export function bucketEnd(bucket: number): number {
  const octave = Math.max(0, Math.floor(bucket / 4) - 1)
  return (bucket - octave * 4 + 1) * 2 ** octave
}

/** The hold time that a share `q` of all holds is below, nanoseconds; null where there were none. */
export function quantile(holds: readonly number[], q: number): number | null {
  const total = holds.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [bucket, count] of holds.entries()) {
    seen += count
    if (count > 0 && seen >= total * q) return bucketEnd(bucket)
  }
  return null
}
