// SPDX-License-Identifier: MIT
// What a person sees of a watch: every item with its fields, how often it changes, and what the heaps have left.

import type { Item } from '../../item.js'
import type { Scalar } from '../../items/flatten.js'
import type { WatchEvent } from '../../smem/watch/event.js'
import type { Sampler } from '../../smem/watch/sampler.js'
import { Rate } from './rate.js'

export interface BoardField {
  /** As events tell it; of an item that nothing decodes, the offset of a word: `+0x40`. */
  readonly path: string
  readonly value: Scalar
  /** Before it changed; undefined: it has not. */
  readonly before: Scalar | undefined
  /** Milliseconds; null: it has not changed. */
  readonly changed: number | null
}

export class BoardRow {
  readonly item: Item
  readonly fields = new Map<string, BoardField>()
  readonly #rate: Rate
  changes = 0
  /** Of the last change, ms. */
  changed: number | null = null
  gone = false
  error: string | null = null

  constructor(item: Item, now: number, before?: BoardRow) {
    this.item = item
    this.#rate = before === undefined ? new Rate(now) : before.#rate
    this.changes = before?.changes ?? 0
  }

  rate(now: number): number {
    return this.#rate.perSecond(now)
  }

  count(now: number): void {
    this.changes++
    this.changed = now
    this.#rate.add(1, now)
  }
}

export interface BoardSpace {
  readonly host: number | null
  readonly free: number
  /** Bytes that were allocated, per second. */
  readonly rate: number
}

interface Stock {
  free: number
  readonly rate: Rate
}

/** So many of the last errors and restarts are kept. */
const NOTES = 3

export class WatchBoard {
  readonly #sampler: Sampler
  readonly #allFields: boolean
  readonly #rows = new Map<string, BoardRow>()
  readonly #stocks = new Map<number | null, Stock>()
  /** Errors and restarts, the newest last. */
  readonly notes: WatchEvent[] = []
  #now = 0

  /** `allFields`: also those that have not changed. */
  constructor(sampler: Sampler, allFields: boolean) {
    this.#sampler = sampler
    this.#allFields = allFields
  }

  /** Time of the last sample, ms. */
  get now(): number {
    return this.#now
  }

  take(events: readonly WatchEvent[], time: Date): void {
    this.#now = time.getTime()
    for (const event of events) this.#take(event)
    for (const { host, free } of this.#sampler.spaces) this.#stock(host, free)
  }

  /** Global by id, then by host; what is gone stays in its place. */
  get rows(): readonly BoardRow[] {
    return [...this.#rows.values()].sort(
      ({ item: a }, { item: b }) => (a.host ?? -1) - (b.host ?? -1) || a.id - b.id,
    )
  }

  get spaces(): readonly BoardSpace[] {
    return [...this.#stocks].map(([host, { free, rate }]) => {
      return { host, free, rate: rate.perSecond(this.#now) }
    })
  }

  #take(event: WatchEvent): void {
    const { kind, item } = event
    if (kind === 'error' || kind === 'reset') {
      this.notes.push(event)
      if (this.notes.length > NOTES) this.notes.shift()
    }
    if (item === null) return
    const key = `${item.id}@${item.host}`
    const known = this.#rows.get(key)
    const row = known === undefined || kind === 'item' ? this.#row(key, item, known) : known
    row.gone = kind === 'gone'
    row.error = event.error?.message ?? null
    if (!event.initial) row.count(this.#now)
    this.#fields(row, event)
  }

  #row(key: string, item: Item, before: BoardRow | undefined): BoardRow {
    const row = new BoardRow(item, this.#now, before)
    this.#rows.set(key, row)
    return row
  }

  #fields(row: BoardRow, { kind, fields, words }: WatchEvent): void {
    const changed = kind === 'changed' ? this.#now : null
    if (kind === 'item' && !this.#allFields) return
    for (const { path, before, after } of fields ?? []) {
      row.fields.set(path, { path, value: after, before: changed ? before : undefined, changed })
    }
    for (const { offset, before, after } of words ?? []) {
      const path = `+0x${offset.toString(16)}`
      row.fields.set(path, { path, value: hexWord(after), before: hexWord(before), changed })
    }
  }

  #stock(host: number | null, free: number): void {
    const stock = this.#stocks.get(host)
    if (stock === undefined) {
      this.#stocks.set(host, { free, rate: new Rate(this.#now) })
      return
    }
    // A heap that was emptied has not taken anything back.
    stock.rate.add(Math.max(0, stock.free - free), this.#now)
    stock.free = free
  }
}

function hexWord(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`
}
