// SPDX-License-Identifier: MIT
// The items of a partition by id, kept up with the walks over its two sides. The first one of an id counts, and
// an uncached one before a cached one, as in the kernel's lookup.

import type { HeapItem } from './item.js'
import type { Side } from './side.js'

export class ItemIndex {
  readonly #sides: readonly Side[]
  readonly #items = new Map<number, HeapItem>()
  /** How far into each side, and after how many restarts of it. */
  #done: number[] = []
  #restarts: number[] = []
  #flawless = true

  constructor(uncached: Side, cached: Side) {
    this.#sides = [uncached, cached]
  }

  find(id: number): HeapItem | undefined {
    this.#update()
    return this.#items.get(id)
  }

  /** Whether all that was walked can be read, and no id came twice. */
  get flawless(): boolean {
    this.#update()
    return this.#flawless
  }

  #update(): void {
    if (this.#sides.some((side, i) => side.restarts !== this.#restarts[i])) this.#restart()
    for (const [i, { walked }] of this.#sides.entries()) {
      for (let at = this.#done[i]!; at < walked.length; at++) this.#add(walked[at]!)
      this.#done[i] = walked.length
    }
  }

  #restart(): void {
    this.#items.clear()
    this.#done = this.#sides.map(() => 0)
    this.#restarts = this.#sides.map(({ restarts }) => restarts)
    this.#flawless = true
  }

  #add(item: HeapItem): void {
    const known = this.#items.get(item.id!)
    if (known !== undefined || item.error !== null) this.#flawless = false
    if (known === undefined || (known.cached && !item.cached)) this.#items.set(item.id!, item)
  }
}
