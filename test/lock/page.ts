// SPDX-License-Identifier: MIT
// The page of a fake SoC's lock file, to be spoilt: as native/record.h lays it out. A process that died is played by
// the page that it would have left.

import { readSync, writeSync } from 'node:fs'
import { HeapLock } from '#lib/lock/heap-lock.js'
import { Plan } from '#lib/port/plan.js'
import type { FakeSoc } from '#lib/testing/fake-soc.js'

/** Index of each word. */
export const Word = {
  MAGIC: 0,
  LAYOUT: 1,
  INTENT: 2,
  OWNER: 3,
  BOOT: 10,
  HEAP: 14,
  STEP_COUNT: 18,
  RECOVERIES: 19,
  PROGRESS: 23,
  HOLDS: 32,
  STEPS: 160,
} as const

export const WAITING = 1
export const APPLYING = 2

export function pokePage(soc: FakeSoc, word: number, ...values: number[]): void {
  const { position } = soc.lockPlaces.file
  const bytes = Buffer.from(Uint32Array.from(values).buffer)
  writeSync(soc.fd, bytes, 0, bytes.length, position + word * 4)
}

export function peekPage(soc: FakeSoc, word: number): number {
  const bytes = Buffer.alloc(4)
  readSync(soc.fd, bytes, 0, 4, soc.lockPlaces.file.position + word * 4)
  return bytes.readUInt32LE(0)
}

export interface Death {
  readonly intent: number
  /** By which it had announced itself. */
  readonly owner: number
  /** What the register of the mutex says. */
  readonly register: number
  readonly steps: Plan
  /** The step that it had noted last. */
  readonly progress: number
}

/** Leaves the page and the register as a process that died would have, of this boot and this heap. */
export function leave(soc: FakeSoc, { intent, owner, register, steps, progress }: Death): void {
  const lock = new HeapLock(soc.lockPlaces)
  lock.commit(() => new Plan())
  lock.close()
  const encoded = [...steps.encode()].slice(2 + steps.guards.length * 2)
  pokePage(soc, Word.STEPS, ...encoded)
  pokePage(soc, Word.STEP_COUNT, steps.steps.length)
  pokePage(soc, Word.PROGRESS, progress)
  pokePage(soc, Word.OWNER, owner)
  soc.patch32(soc.board.hwlock.address, register)
  pokePage(soc, Word.INTENT, intent)
}
