// SPDX-License-Identifier: MIT
// The last minutes, to step through. Each moment is a whole page that shares with the one before what has not
// changed, so that it costs what its change brought. The oldest go when they are too many bytes, or too old.

import type { PageData } from '../../inspect/page.js'

export interface Moment {
  /** Counts up from 1, over all that were ever added. */
  readonly serial: number
  readonly page: PageData
  /** Keys of the items that are new or differ. */
  readonly changed: readonly string[]
  /** Of those, the ones that were not there before. */
  readonly added: readonly string[]
  readonly gone: readonly string[]
}

/** What a character of JSON takes when it is parsed, bytes: in V8, for pages of the fakes, 1.1 to 1.3. */
const PARSED = 2
const POINTER = 8

export class Moments {
  readonly #most: number
  readonly #age: number
  #kept: { readonly moment: Moment; readonly cost: number }[] = []
  #cost = 0
  #serial = 0

  /** `most`: bytes that are held at most, about; `age`: milliseconds. */
  constructor({ most = 64 * 1024 * 1024, age = 10 * 60_000 } = {}) {
    this.#most = most
    this.#age = age
  }

  /** `length`: of the JSON that brought it, characters. */
  add(now: Omit<Moment, 'serial'>, length: number): Moment {
    const moment = { ...now, serial: ++this.#serial }
    const cost = length * PARSED + now.page.items.length * POINTER
    this.#kept.push({ moment, cost })
    this.#cost += cost
    this.#forget(Date.parse(now.page.time) - this.#age)
    return moment
  }

  get newest(): Moment | null {
    return this.#kept.at(-1)?.moment ?? null
  }

  get oldest(): Moment | null {
    return this.#kept[0]?.moment ?? null
  }

  get size(): number {
    return this.#kept.length
  }

  /** About how many bytes are held. */
  get cost(): number {
    return this.#cost
  }

  /** The moment of that number; of those that are left, the nearest. */
  at(serial: number): Moment | null {
    const first = this.oldest?.serial ?? 0
    const index = Math.min(Math.max(serial - first, 0), this.#kept.length - 1)
    return this.#kept[index]?.moment ?? null
  }

  #forget(before: number): void {
    let count = 0
    while (count < this.#kept.length - 1) {
      const { moment, cost } = this.#kept[count]!
      if (this.#cost <= this.#most && Date.parse(moment.page.time) >= before) break
      this.#cost -= cost
      count++
    }
    if (count > 0) this.#kept.splice(0, count)
  }
}
