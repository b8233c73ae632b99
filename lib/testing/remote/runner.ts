// SPDX-License-Identifier: MIT
// A processor that is left to itself: takes its turns until it has had enough, or is told to stop.

import { setImmediate as breathe } from 'node:timers/promises'
import { SmemError } from '../../errors.js'
import { sleepSync } from '../../lock/back-off.js'
import type { Firmware } from './firmware.js'
import type { RemoteMutex } from './mutex.js'
import { type DrawnTurn, draw, type RemoteReport, type RemoteTurn, type Rhythm } from './rhythm.js'

/** Milliseconds of work between two looks at the orders that came. */
const SLICE = 1

export class Runner {
  readonly #firmware: Firmware
  readonly #mutex: RemoteMutex
  readonly #turns: RemoteTurn[] = []
  #losses = 0
  #stopped = false

  constructor(firmware: Firmware, mutex: RemoteMutex) {
    this.#firmware = firmware
    this.#mutex = mutex
  }

  /** After the turn that it is at. */
  stop(): void {
    this.#stopped = true
  }

  /** `begun` is called after the first turn. */
  async run(rhythm: Rhythm, begun: () => void): Promise<RemoteReport> {
    const before = this.#mutex.acquisitions
    let slice = clock()
    for (const turn of draw(rhythm)) {
      if (this.#stopped) break
      await this.#take(turn, rhythm.ignoreLock ?? false)
      if (this.#turns.length === 1) begun()
      if (turn.pause > 0) sleepSync(turn.pause / 1000)
      if (clock() - slice > SLICE) {
        await breathe()
        slice = clock()
      }
    }
    begun()
    const acquisitions = this.#mutex.acquisitions - before
    return { turns: this.#turns, acquisitions, losses: this.#losses }
  }

  async #take({ action, request, hold }: DrawnTurn, ignoreLock: boolean): Promise<void> {
    const begun = clock()
    let item: RemoteTurn['item'] = null
    let code: RemoteTurn['code'] = null
    try {
      if (!ignoreLock && !this.#mutex.tryLock()) await this.#mutex.lock(breathe)
      try {
        if (hold > 0) spin(hold / 1000)
        item = this.#firmware[action](request)
      } finally {
        if (!ignoreLock && !this.#mutex.unlock()) this.#losses++
      }
    } catch (error) {
      if (!(error instanceof SmemError)) throw error
      code = error.code
    }
    this.#turns.push({ action, ...request, begun, ended: clock(), item, code })
  }
}

/** Milliseconds of the monotonic clock, which is the same for all processes. */
function clock(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

/** Milliseconds of doing nothing with the processor. */
function spin(milliseconds: number): void {
  for (const end = clock() + milliseconds; clock() < end; );
}
