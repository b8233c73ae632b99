// SPDX-License-Identifier: MIT
// The items of a partition by id, kept up with the walks over its two sides. The first one of an id counts, and
// an uncached one before a cached one, as in the kernel's lookup.

import type { HeapItem } from './item.js'
import type { Side } from './side.js'

export class ItemIndex {
  readonly #uncached: Progress
  readonly #cached: Progress
  readonly #items = new Map<number, HeapItem>()
  #flawless = true

  constructor(uncached: Side, cached: Side) {
    this.#uncached = new Progress(uncached)
    this.#cached = new Progress(cached)
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
    if (this.#uncached.restarted || this.#cached.restarted) {
      this.#items.clear()
      this.#flawless = true
      this.#uncached.restart()
      this.#cached.restart()
    }
    this.#follow(this.#uncached)
    this.#follow(this.#cached)
  }

  #follow(progress: Progress): void {
    const { walked } = progress.side
    while (progress.done < walked.length) this.#add(walked[progress.done++]!)
  }

  #add(item: HeapItem): void {
    const known = this.#items.get(item.id!)
    if (known !== undefined || item.error !== null) this.#flawless = false
    if (known === undefined || (known.cached && !item.cached)) this.#items.set(item.id!, item)
  }
}

/** How far into a side, and after how many restarts of it. */
class Progress {
  readonly side: Side
  done = 0
  #restarts = 0

  constructor(side: Side) {
    this.side = side
  }

  get restarted(): boolean {
    return this.side.restarts !== this.#restarts
  }

  restart(): void {
    this.done = 0
    this.#restarts = this.side.restarts
  }
}
