// SPDX-License-Identifier: MIT
// The one who looks at the memory, for all viewers together. A look takes one sample; only the items that it tells of
// are taken apart again, and all of the page where a heap has grown, was set up anew, or from time to time, for what no
// sample tells: findings, other heaps' records. A source that goes away is looked for until it is back.

import { SmemError } from '../../errors.js'
import { Decoders } from '../../items/decoders.js'
import type { WatchEvent } from '../../smem/watch/event.js'
import { Sampler } from '../../smem/watch/sampler.js'
import { openHeap, Smem, type SmemOptions, viewOf } from '../../smem.js'
import { openSource } from '../../source/open.js'
import type { Source } from '../../source/source.js'
import { Keys, PageItemReader } from '../page/items.js'
import { type PageData, pageData, pageOfSource } from '../page.js'
import { type Snapshot, takeSnapshot } from '../snapshot.js'
import { Picture } from './picture.js'
import { identity } from './presence.js'

/** What viewers are told: `page` stands for all of it, by `whole`. */
export type Message =
  | { readonly event: 'page' }
  | { readonly event: 'change' | 'source'; readonly data: string }

export interface FeedOptions {
  readonly source: SmemOptions
  readonly tool: PageData['tool']
  tell(message: Message): void
  /** Also told of each sample, and of those that could not be taken. */
  readonly observer?: Observer | undefined
}

export interface Observer {
  sampled(sampled: {
    readonly source: Source
    readonly sampler: Sampler
    readonly events: readonly WatchEvent[]
    readonly seconds: number
  }): void
  failed(): void
}

/** Milliseconds from one look at everything to the next, at least. */
const THOROUGH = 5000
/** That part of the time it may take. */
const SHARE = 1 / 50
/** After the page was drawn for an allocation, so often as long nothing is, however many follow. */
const REST = 2

/** A source while it is there. */
interface Open {
  readonly source: Source
  readonly identity: string | null
  readonly sampler: Sampler
  /** null where no driver would open the heap. */
  smem: Smem | null
}

export class Feed {
  readonly #options: FeedOptions
  readonly #decoders: Decoders
  #open: Open | null
  #picture: Picture
  /** Why nothing can be seen now; null while it can. */
  #lost: string | null = null
  #thorough = 0
  /** Something has come, gone or moved since the page was drawn; it is drawn again from then on. */
  #moved = false
  #rested = 0
  #taken: { readonly snapshot: Snapshot; readonly until: number } | null = null

  /** @throws SmemError what opening the source gives; EPERM for a map that can be written to */
  constructor(options: FeedOptions) {
    this.#options = options
    this.#decoders = new Decoders(options.source.decoders)
    this.#open = this.#openSource()
    this.#picture = new Picture(this.#draw(this.#open))
  }

  /** All that there is to know, as JSON: the page, and whether its source is there. */
  get whole(): { readonly page: string; readonly source: string } {
    return { page: this.#picture.json, source: this.#state() }
  }

  /**
   * All of the memory. Whoever asks in quick succession gets the same one: copying takes a tenth of the time at most.
   * @throws SmemError ENODEV where there is nothing to take one of now
   */
  snapshot(): Snapshot {
    const { source, tool } = this.#options
    if (this.#open === null) throw new SmemError('ENODEV', this.#lost ?? 'there is no source')
    const start = performance.now()
    if (this.#taken === null || start >= this.#taken.until) {
      const snapshot = takeSnapshot(this.#open.source, { tool, localHost: source.localHost })
      const now = performance.now()
      this.#taken = { snapshot, until: now + (now - start) * 9 }
    }
    return this.#taken.snapshot
  }

  /** Looks once, and tells what is different. */
  look(): void {
    try {
      if (this.#open === null) this.#reopen()
      else if (identity(this.#options.source) !== this.#open.identity) this.#leave()
      else this.#sample(this.#open)
    } catch (error) {
      if (!(error instanceof SmemError)) throw error
      this.#lose(error.message)
      if (this.#open === null) this.#options.observer?.failed()
    }
  }

  close(): void {
    this.#taken = null
    this.#open?.source.close()
    this.#open = null
  }

  #openSource(): Open {
    const options = this.#options.source
    const found = identity(options)
    const source = openSource(options)
    try {
      refuseWritable(source)
      const { regions } = source
      const scene = { regions, view: viewOf(source, options), decoders: this.#decoders }
      return { source, identity: found, sampler: new Sampler(scene), smem: null }
    } catch (error) {
      source.close()
      throw error
    }
  }

  /** Its process has ended, or it is another one by now. */
  #leave(): void {
    this.close()
    this.#reopen()
  }

  #reopen(): void {
    const open = this.#openSource()
    try {
      open.smem = Smem.over(open.source, this.#options.source)
    } catch (error) {
      open.source.close()
      throw error
    }
    this.#open = open
    this.#show(open)
  }

  #sample(open: Open): void {
    const events = this.#events(open)
    const unsure = this.#lost !== null || open.smem === null
    if (unsure || events.some(isOfHeap)) {
      // Says why, where it cannot be read.
      openHeap(open.source, this.#options.source)
      if (unsure || events.some(isReset)) {
        this.#show(open)
        return
      }
    }
    const touched = events.filter(({ kind }) => kind === 'changed')
    if (touched.length < events.length) this.#moved = true
    const now = performance.now()
    const redraws = this.#moved ? now >= this.#rested : now >= this.#thorough
    if (redraws) this.#redraw(open)
    else this.#touch(open, touched)
  }

  #events({ source, sampler }: Open): readonly WatchEvent[] {
    const start = performance.now()
    const events = sampler.sample()
    const seconds = (performance.now() - start) / 1000
    this.#options.observer?.sampled({ source, sampler, events, seconds })
    return events
  }

  /** The whole page, anew. */
  #show(open: Open): void {
    this.#lost = null
    this.#picture = new Picture(this.#draw(open))
    this.#options.tell({ event: 'page' })
  }

  #redraw(open: Open): void {
    const change = this.#picture.replace(this.#draw(open, open.smem))
    if (change === 'all') this.#options.tell({ event: 'page' })
    else this.#change(change)
  }

  #touch({ source, smem }: Open, events: readonly WatchEvent[]): void {
    const owner = source.hwlockOwner()
    const view = viewOf(source, this.#options.source)
    const reader = events.length === 0 ? null : new PageItemReader(smem!, view)
    const items = events.flatMap(({ item }) =>
      // Of those with the same id, the first is sampled.
      item === null ? [] : (reader?.read(item, new Keys().next(item)) ?? []),
    )
    this.#change(this.#picture.touch(items, new Date(), owner))
  }

  #change(data: string | null): void {
    if (data !== null) this.#options.tell({ event: 'change', data })
  }

  /** `known`: an object whose heap is still the same. */
  #draw(open: Open, known: Smem | null = null): PageData {
    const { source: options, tool } = this.#options
    const drawing = { mode: 'live', tool, localHost: options.localHost } as const
    const start = performance.now()
    try {
      open.smem = known ?? Smem.over(open.source, options)
      return pageData(open.smem, drawing)
    } catch (error) {
      if (!(error instanceof SmemError) || error.code === 'EBADF') throw error
      open.smem = null
      this.#lose(error.message)
      return pageOfSource(open.source, drawing)
    } finally {
      const now = performance.now()
      this.#thorough = now + Math.max(THOROUGH, (now - start) / SHARE)
      this.#rested = now + (now - start) * REST
      this.#moved = false
    }
  }

  #lose(message: string): void {
    if (this.#lost === message) return
    this.#lost = message
    this.#options.tell({ event: 'source', data: this.#state() })
  }

  #state(): string {
    const lost = this.#lost !== null
    return JSON.stringify({ state: lost ? 'lost' : 'ok', message: this.#lost })
  }
}

const isReset = ({ kind }: WatchEvent) => kind === 'reset'
/** Of all of a heap, and not of an item. */
const isOfHeap = ({ id, kind }: WatchEvent) => id === null && (kind === 'error' || kind === 'reset')

/** Whoever shows memory to others must not be able to write to it. @throws SmemError EPERM */
function refuseWritable({ regions, name }: Source): void {
  if (regions.every(({ port }) => !port.writable)) return
  throw new SmemError('EPERM', `${name} is open for writing: nobody is shown that`, {
    hint: 'open it for reading',
  })
}
