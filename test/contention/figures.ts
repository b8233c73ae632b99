// SPDX-License-Identifier: MIT
// How fast, how fair, and for how long the lock was held: to print, not to judge, because that depends on the
// machine and on who else uses it.

import { HOLD_BUCKETS, quantile } from '#lib/lock/record.js'
import type { Round } from './round.js'

export class Figures {
  #milliseconds = 0
  #ours = 0
  #remotes = 0
  #longestHold = 0
  readonly #holds = Array<number>(HOLD_BUCKETS).fill(0)
  readonly #byThread: number[] = []
  readonly #codes = new Map<string, number>()

  add({ milliseconds, ours, remotes, events, record }: Round): void {
    this.#milliseconds += milliseconds
    this.#ours += record.acquisitions
    this.#longestHold = Math.max(this.#longestHold, record.longestHold)
    for (const [bucket, count] of record.holds.entries()) this.#holds[bucket]! += count
    for (const remote of remotes) this.#remotes += remote.acquisitions
    for (const [thread, done] of ours.entries()) {
      const granted = done.filter(({ code }) => code === null).length
      this.#byThread[thread] = (this.#byThread[thread] ?? 0) + granted
    }
    for (const { code } of events) {
      const name = code ?? 'granted'
      this.#codes.set(name, (this.#codes.get(name) ?? 0) + 1)
    }
  }

  /** Of contention so far. */
  get seconds(): number {
    return this.#milliseconds / 1000
  }

  /** How often a code was the answer. */
  count(code: string): number {
    return this.#codes.get(code) ?? 0
  }

  toString(): string {
    const { seconds } = this
    const rate = (count: number) => Math.round(count / seconds).toLocaleString('en')
    const [least, most] = [Math.min(...this.#byThread), Math.max(...this.#byThread)]
    const total = this.#byThread.reduce((sum, count) => sum + count, 0)
    const share = (count: number) => `${((100 * count) / total).toFixed(1)}%`
    const microseconds = (hold: number) => `${(hold / 1000).toFixed(2)} us`
    const codes = [...this.#codes].map(([code, count]) => `${code} ${rate(count)}`)
    return [
      `${seconds.toFixed(1)} s of contention`,
      `lock acquisitions a second: ${rate(this.#ours + this.#remotes)} (ours ${rate(this.#ours)}, the remotes' ${rate(this.#remotes)})`,
      `answers a second: ${codes.join(', ')}`,
      `share of what our threads got: ${share(least)} to ${share(most)} each, of ${this.#byThread.length}`,
      `our hold time: median below ${microseconds(quantile(this.#holds, 0.5)!)}, p99.9 below ${microseconds(quantile(this.#holds, 0.999)!)}, longest ${microseconds(this.#longestHold)}`,
    ].join('\n')
  }
}
