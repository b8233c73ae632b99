// SPDX-License-Identifier: MIT
// How many entries of partitions are walked. A real heap has hundreds; a hostile one can hold an empty item in every 16
// bytes, and 84 partitions can lie over the same bytes: many millions in a few megabytes.

/** More than any SMEM of a few megabytes can hold, and few enough to be kept. */
const MOST_ENTRIES = 2 ** 17
/** Of each side, whatever the others take: one hostile partition hides nothing of the next. */
const SHARE = 1024

/** What the walks over all partitions of a heap have in common. */
export class EntryBudget {
  #left = MOST_ENTRIES

  /** Whether a side that has walked so many entries may go on to another. */
  allows(walked: number): boolean {
    if (walked < SHARE) return true
    if (this.#left === 0) return false
    this.#left--
    return true
  }

  /** A side begins anew, and gives back what it took. */
  restart(walked: number): void {
    this.#left += Math.max(walked - SHARE, 0)
  }
}
