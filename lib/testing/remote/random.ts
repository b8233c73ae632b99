// SPDX-License-Identifier: MIT
// Numbers that look random and come again for the same seed (mulberry32), so that a run that broke something can
// be had once more.

/**
 * From the first to the second; both ends count.
 * @see {@link RemoteProcessor.run}
 */
export type Range = readonly [from: number, to: number]

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A 32-bit word. */
  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** A whole number of the range. */
  within([from, to]: Range): number {
    return from + Math.floor((this.word() / 2 ** 32) * (to - from + 1))
  }

  chance(share: number): boolean {
    return this.word() < share * 2 ** 32
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.within([0, choices.length - 1])]!
  }
}
