// SPDX-License-Identifier: MIT
// What has changed, in words, for those who hear the page: politely, and not more often than one can listen.

import type { Moment } from './moments.js'

const EVERY = 5000
const NAMED = 3

export class News {
  readonly #say: (text: string) => void
  readonly #changed = new Map<string, string>()
  readonly #added = new Map<string, string>()
  #gone = 0
  #timer: number | undefined
  #last = Number.NEGATIVE_INFINITY

  constructor(say: (text: string) => void) {
    this.#say = say
  }

  add({ page, changed, added, gone }: Moment): void {
    const names = new Map(page.items.map(({ key, name, id }) => [key, name ?? `item ${id}`]))
    for (const key of added) this.#added.set(key, names.get(key) ?? key)
    for (const key of changed) {
      if (!this.#added.has(key)) this.#changed.set(key, names.get(key) ?? key)
    }
    this.#gone += gone.length
    if (this.#timer !== undefined || changed.length + gone.length === 0) return
    const wait = Math.max(0, this.#last + EVERY - Date.now())
    this.#timer = window.setTimeout(() => this.#tell(), wait)
  }

  close(): void {
    window.clearTimeout(this.#timer)
  }

  #tell(): void {
    const parts = [
      told('New', this.#added),
      told('Changed', this.#changed),
      this.#gone === 0 ? null : `Gone: ${this.#gone}`,
    ].filter((part) => part !== null)
    this.#changed.clear()
    this.#added.clear()
    this.#gone = 0
    this.#timer = undefined
    this.#last = Date.now()
    this.#say(`${parts.join('. ')}.`)
  }
}

function told(what: string, items: ReadonlyMap<string, string>): string | null {
  if (items.size === 0) return null
  const names = [...items.values()].slice(0, NAMED).join(', ')
  const more = items.size - NAMED
  return `${what}: ${names}${more > 0 ? ` and ${more} more` : ''}`
}
