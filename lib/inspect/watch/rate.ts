// SPDX-License-Identifier: MIT
// How often something has happened lately: counts of the last seconds, one for each.

/** Seconds that are looked back. */
const WINDOW = 10

export class Rate {
  readonly #counts = new Array<number>(WINDOW).fill(0)
  /** The second that was counted last, and the time of the first look, in ms. */
  #second = Number.NEGATIVE_INFINITY
  readonly #start: number

  constructor(start: number) {
    this.#start = start
  }

  add(count: number, now: number): void {
    this.#advance(now)
    this.#counts[this.#second % WINDOW]! += count
  }

  /** Per second, over the last ten; sooner, over the time that was looked. */
  perSecond(now: number): number {
    this.#advance(now)
    const sum = this.#counts.reduce((sum, count) => sum + count, 0)
    const seconds = Math.min(WINDOW - 1 + (now % 1000) / 1000, (now - this.#start) / 1000)
    return sum / Math.max(1, seconds)
  }

  /** Forgets what is too long ago. A clock that was set back counts on where it was. */
  #advance(now: number): void {
    const second = Math.floor(now / 1000)
    if (second <= this.#second) return
    for (let gone = Math.max(this.#second + 1, second - WINDOW + 1); gone <= second; gone++) {
      this.#counts[gone % WINDOW] = 0
    }
    this.#second = second
  }
}
