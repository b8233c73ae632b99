// SPDX-License-Identifier: MIT
// The live page between its server and its store: what is heard becomes moments, and the newest is shown until the
// viewer pauses or steps back. What is missed while the page is paused is kept, and there to step through.

import type { PageChange, PageData } from '../../inspect/page.js'
import { changed } from './change.js'
import { Connection } from './connection.js'
import { type Moment, Moments } from './moments.js'
import { freeOf, Series } from './series.js'

export interface SourceState {
  readonly state: 'ok' | 'lost'
  readonly message: string | null
}

export interface LiveState {
  readonly connection: 'connecting' | 'open' | 'lost'
  readonly source: SourceState
  readonly paused: boolean
  /** null until the first page has come. */
  readonly shown: Moment | null
  readonly oldest: Moment | null
  readonly newest: Moment | null
}

export interface SessionOptions {
  readonly url: string
  /** Puts a page on the screen. */
  readonly show: (page: PageData) => void
  /** A moment that has come onto the screen: what changed in it, and the page before that. */
  readonly seen: (moment: Moment, before: PageData | null) => void
}

export class Session {
  readonly series = new Series()
  readonly #moments = new Moments()
  readonly #connection: Connection
  readonly #options: SessionOptions
  readonly #listeners = new Set<() => void>()
  #state: LiveState = {
    ...{ connection: 'connecting', source: { state: 'ok', message: null } },
    ...{ paused: false, shown: null, oldest: null, newest: null },
  }

  constructor(options: SessionOptions) {
    this.#options = options
    this.#connection = new Connection(options.url, {
      page: (data) => this.#take(JSON.parse(data), data.length),
      change: (data) => this.#apply(JSON.parse(data), data.length),
      source: (data) => this.#set({ source: JSON.parse(data) }),
      open: () => this.#set({ connection: 'open' }),
      lost: () => this.#set({ connection: 'lost' }),
    })
  }

  get state(): LiveState {
    return this.#state
  }

  /** @returns what ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(): void {
    this.#connection.open()
  }

  close(): void {
    this.#connection.close()
  }

  pause(): void {
    this.#set({ paused: true })
  }

  /** Back to the newest. */
  resume(): void {
    this.#set({ paused: false })
    this.#showMoment(this.#moments.newest)
  }

  /** Shows another moment, which pauses: `by` is -1 for the one before. */
  step(by: number): void {
    const { shown } = this.#state
    if (shown !== null) this.seek(shown.serial + by)
  }

  seek(serial: number): void {
    this.#set({ paused: true })
    const moment = this.#moments.at(serial)
    if (moment === null || moment === this.#state.shown) return
    this.#showMoment(moment)
    const before = this.#moments.at(moment.serial - 1)
    this.#options.seen(moment, before === moment ? null : (before?.page ?? null))
  }

  /** A point where nothing has happened for a second. */
  tick(): void {
    const { newest, connection, source } = this.#state
    if (newest === null || connection !== 'open' || source.state !== 'ok') return
    this.series.add(Date.now(), freeOf(newest.page), [])
    this.#set({})
  }

  #take(page: PageData, length: number): void {
    const before = this.#moments.newest?.page ?? null
    const known = new Map(before?.items.map((item) => [item.key, item]))
    const keys = new Set(page.items.map(({ key }) => key))
    const items = page.items.filter((item) => before !== null && differs(item, known.get(item.key)))
    const gone = [...known.keys()].filter((key) => !keys.has(key))
    this.#add(page, { items, gone }, length)
  }

  #apply(change: PageChange, length: number): void {
    const { newest } = this.#state
    if (newest !== null) this.#add(changed(newest.page, change), change, length)
  }

  #add(page: PageData, change: Pick<PageChange, 'items' | 'gone'>, length: number): void {
    const before = this.#moments.newest?.page ?? null
    const known = new Set(before?.items.map(({ key }) => key))
    const added = change.items.filter(({ key }) => !known.has(key))
    const keys = (items: PageChange['items']) => items.map(({ key }) => key)
    const moment = this.#moments.add(
      { page, changed: keys(change.items), added: keys(added), gone: change.gone },
      length,
    )
    const sizes = added.map(({ size }) => size ?? 0)
    // By our clock, as the points between: the server may have another.
    this.series.add(Date.now(), freeOf(page), sizes)
    this.#set({ oldest: this.#moments.oldest, newest: moment })
    if (this.#state.paused) return
    this.#showMoment(moment)
    this.#options.seen(moment, before)
  }

  #showMoment(moment: Moment | null): void {
    if (moment === null || moment === this.#state.shown) return
    this.#options.show(moment.page)
    this.#set({ shown: moment })
  }

  #set(news: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...news }
    for (const listener of this.#listeners) listener()
  }
}

type Item = PageData['items'][number]

function differs(now: Item, before: Item | undefined): boolean {
  return before === undefined || now.bytes !== before.bytes || now.address !== before.address
}
