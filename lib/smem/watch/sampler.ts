// SPDX-License-Identifier: MIT
// One look after another at the items that are watched. A sample reads the free offsets and the words of those items,
// and nothing else; only where a free offset has moved the heap is listed, and only what has changed is taken apart.
// Heaps cache, because entries are written once; a restarted subsystem writes them again, so that a heap whose
// offsets went back is opened anew.

import { SmemError } from '../../errors.js'
import type { Heap } from '../../heap/heap.js'
import type { ItemPlace } from '../../heap/item.js'
import type { Item, ItemWorld } from '../../item.js'
import type { FieldChange, Scalar } from '../../items/flatten.js'
import { readBytes } from '../../port/copy.js'
import { Cell, cellKey } from './cell.js'
import { changedBytes, changedWords, type WatchEvent, type WatchKind } from './event.js'
import { SampleImage } from './image.js'
import { type Listing, listItems, type Trouble, type View } from './listing.js'
import type { Space, Structure } from './structure.js'
import { type WatchTarget, WatchTargets } from './targets.js'

/**
 * Which items to look at, and how closely.
 * @see {@link Sampler}
 */
export interface SamplerOptions {
  /** Default: every item. */
  readonly items?: readonly WatchTarget[] | undefined
  /** Whether to decode what changes; default true. */
  readonly fields?: boolean | undefined
}

/** What a sampler looks at, and who takes items apart. */
export interface Scene extends View {
  readonly decoders: ItemWorld['decoders']
}

/**
 * An item as it was at the last sample.
 * @see {@link Sampler}
 */
export interface Watched {
  readonly item: Item
  readonly decoder: string | null
  /** Every decoded scalar by its path; null where nothing was decoded. */
  readonly fields: ReadonlyMap<string, Scalar> | null
}

/** What a listing has found different. */
interface Found {
  readonly added: ReadonlySet<Cell>
  /** Keys of items that are new, in another place, or gone. */
  readonly touched: Set<string>
}

/** Larger items that a decoder looks into are not watched for its sake: what it tells of FIFOs stands elsewhere. */
const SIBLING_SIZE = 1024
const noDecoders: ItemWorld['decoders'] = { dissect: () => null }
const nothing = new SampleImage([])

/**
 * Looks at items when it is told to, and tells what has changed since it looked last.
 * @example
 * ```ts
 * import { ItemId, Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake', writable: true })
 * const sampler = smem.sampler({ items: [ItemId.HW_SW_BUILD_ID, 300] })
 * for (const { kind, id } of sampler.sample()) console.log(kind, id) // item 137
 * console.log(sampler.sample().length, sampler.samples) // 0 2
 * smem.alloc(300, 8, { zero: true })
 * for (const { kind, id } of sampler.sample()) console.log(kind, id) // item 300
 *
 * const chip = sampler.find(ItemId.HW_SW_BUILD_ID)!
 * console.log(chip.decoder, chip.fields?.get('soc')) // socinfo SDM845
 * console.log(sampler.bytesOf(chip).length, sampler.watched.length) // 144 2
 * const [global] = sampler.spaces
 * console.log(global?.host, sampler.cost.bytes) // null 424
 * ```
 */
export class Sampler {
  readonly #scene: Scene
  readonly #targets: WatchTargets
  readonly #world: ItemWorld
  /** null: not read yet, or it could not be. */
  #heap: Heap | null = null
  #structure: Structure | null = null
  #image: SampleImage = nothing
  #cells: ReadonlyMap<string, Cell> = new Map()
  /** By the item that is looked into: whose decoders do. */
  readonly #readers = new Map<string, Set<string>>()
  /** Keys of items that a decoder has looked for, and which no heap had when it was listed last. */
  readonly #absent = new Set<string>()
  #reading: Cell | null = null
  /** A decoder has looked into an item that is not in the image. */
  #stale = false
  #started = false
  #samples = 0
  /** What was told to be broken in the last listing, and unreadable in the last sample. */
  #broken = new Set<string>()
  #unread = new Set<string>()
  #time = new Date()
  #events: WatchEvent[] = []

  constructor(scene: Scene, { items, fields = true }: SamplerOptions = {}) {
    this.#scene = scene
    this.#targets = new WatchTargets(items)
    this.#world = {
      decoders: fields ? scene.decoders : noDecoders,
      sibling: (id, host) => this.#sibling(id, host),
    }
  }

  /**
   * What has happened since the last call; at the first one, every item. A change that lasts until the next call is
   * never lost. What cannot be read is told as an event.
   * @throws SmemError EBADF after close
   */
  sample(time: Date = new Date()): readonly WatchEvent[] {
    this.#samples++
    this.#time = time
    this.#events = []
    if (this.#heap !== null) {
      this.#unread = this.#tell(this.#image.read().map(everywhere), this.#unread)
      if (this.#image.same && !this.#stale) return this.#events
    }
    const found = this.#relist()
    if (found === null) return this.#events
    this.#compare(found)
    this.#image.accept()
    return this.#events
  }

  /** How many samples were taken. */
  get samples(): number {
    return this.#samples
  }

  /** What a sample costs: bytes, and calls to read them. */
  get cost(): { readonly bytes: number; readonly reads: number } {
    const { size, reads } = this.#image
    return { bytes: size, reads }
  }

  /** Every watched item that is there, global by id, then by host. */
  get watched(): readonly Watched[] {
    return [...this.#cells.values()].filter(({ reported }) => reported)
  }

  /** The watched item of that id: of the heap that serves `host`, or without one of the first heap that has it. */
  find(id: number, host?: number | null): Watched | null {
    if (this.#heap === null) return null
    if (host === undefined) return this.watched.find(({ item }) => item.id === id) ?? null
    const served = host !== null && this.#structure!.hosts.has(host) ? host : null
    return this.#cells.get(cellKey(id, served)) ?? null
  }

  /** The bytes of a watched item at the last sample; empty where it is gone. */
  bytesOf({ item: { id, host } }: Watched): Buffer {
    const cell = this.#cells.get(cellKey(id, host))
    return cell === undefined ? Buffer.alloc(0) : this.#image.before(cell.data)
  }

  /** Bytes left in each heap at the last sample, global first; out of order, and negative, in a broken one. */
  get spaces(): Space[] {
    if (this.#heap === null) return []
    return this.#structure!.spaces((span) => this.#image.before(span))
  }

  /** Lists the heaps where something says that they have changed; null where nothing can be listed now. */
  #relist(): Found | null {
    const resets = this.#resets()
    const anew = resets === null || resets.size > 0
    if (!anew && !this.#stale && !this.#structure!.changed(this.#image)) return nothingNew()
    let listing: Listing
    try {
      const known = anew ? null : { heap: this.#heap!, structure: this.#structure! }
      listing = listItems(this.#scene, known)
    } catch (error) {
      if (!isOfMemory(error)) throw error
      this.#heap = null
      this.#broken = this.#tell([everywhere(error)], this.#broken)
      return null
    }
    const hosts = new Set([...this.#cells.values()].map(({ place }) => place.host))
    for (const host of hosts) if (resets?.has(host) ?? true) this.#add({ kind: 'reset', host })
    const troubles = listing.troubles.filter(({ id, host }) => {
      return id === null || this.#targets.include({ id, host }, listing.structure.hosts)
    })
    this.#broken = this.#tell(troubles, this.#broken)
    return this.#take(listing)
  }

  /** The heaps that were set up anew; null where all have to be opened. */
  #resets(): Set<number | null> | null {
    if (this.#heap === null) return null
    const resets = this.#structure!.replaced(this.#image)
    for (const { mark, place } of this.#cells.values()) {
      if (this.#image.changed(mark)) resets.add(place.host)
    }
    return resets
  }

  /** From now on, the items of `listing` are looked at. */
  #take({ heap, structure, frame, items }: Listing): Found {
    const before = this.#cells
    const cells = new Map<string, Cell>()
    const added = new Set<Cell>()
    for (const place of items) {
      const key = cellKey(place.id, place.host)
      const reported = this.#targets.include(place, structure.hosts)
      if (cells.has(key) || !(reported || this.#looksInto(key, place))) continue
      let cell = before.get(key)
      if (!cell?.isAt(place)) {
        cell = new Cell(place, heap, this.#world, reported)
        added.add(cell)
      }
      cells.set(key, cell)
    }
    const spans = [...cells.values()].flatMap(({ data, mark }) => [data, mark])
    const image = new SampleImage([...structure.spans, ...spans])
    this.#unread = this.#tell(image.read().map(everywhere), this.#unread)
    for (const span of structure.spans) frame.now(span).copy(image.now(span))
    for (const cell of cells.values()) {
      if (!added.has(cell)) this.#image.before(cell.data).copy(image.before(cell.data))
    }
    image.compare()
    this.#absent.clear()
    this.#heap = heap
    this.#structure = structure
    this.#image = image
    this.#cells = cells
    this.#stale = false
    const gone = [...before.values()].filter(({ key }) => !cells.has(key))
    for (const cell of gone) if (cell.reported) this.#add({ kind: 'gone', cell })
    return { added, touched: new Set([...added, ...gone].map(({ key }) => key)) }
  }

  #looksInto(key: string, { size }: ItemPlace): boolean {
    return this.#readers.has(key) && size <= SIBLING_SIZE
  }

  /** Tells what has changed, of each item whose bytes have, or the bytes of an item that its decoder looks into. */
  #compare({ added, touched }: Found): void {
    for (const cell of this.#cells.values()) {
      if (this.#image.changed(cell.data)) touched.add(cell.key)
    }
    const affected = new Set(touched)
    for (const key of touched)
      for (const reader of this.#readers.get(key) ?? []) affected.add(reader)
    for (const key of affected) {
      const cell = this.#cells.get(key)
      if (cell?.reported !== true) continue
      if (added.has(cell)) this.#appear(cell)
      else this.#change(cell, touched.has(key))
    }
    this.#started = true
  }

  #appear(cell: Cell): void {
    const fields = this.#decode(cell, true)
    this.#add({ kind: 'item', cell, fields, initial: !this.#started })
  }

  #change(cell: Cell, own: boolean): void {
    const { error } = cell
    const fields = this.#decode(cell, false)
    if (!own) {
      const silent = (fields ?? []).length === 0 && cell.error?.message === error?.message
      if (!silent) this.#add({ kind: 'changed', cell, fields })
      return
    }
    const [before, now] = [this.#image.before(cell.data), this.#image.now(cell.data)]
    const bytes = changedBytes(before, now)
    const words = fields === null ? changedWords(before, now) : null
    this.#add({ kind: 'changed', cell, fields, words, bytes })
  }

  #decode(cell: Cell, all: boolean): FieldChange[] | null {
    this.#reading = cell
    try {
      // A copy: decoders are the user's, too, and may keep what they get.
      return cell.decode(Buffer.from(this.#image.now(cell.data)), all)
    } finally {
      this.#reading = null
    }
  }

  /** Another item for a decoder: as of this sample, where it is watched. */
  #sibling(id: number, host: number | null): Uint8Array | null {
    const key = cellKey(id, host)
    const reader = this.#reading
    if (reader !== null) {
      this.#note(reader, key)
      const cell = this.#cells.get(key)
      if (cell !== undefined) return Buffer.from(this.#image.now(cell.data))
      if (this.#absent.has(key)) return null
    }
    try {
      const place = this.#heap?.find(id, host ?? undefined)
      if (place === undefined) return null
      if (reader !== null && place.size <= SIBLING_SIZE) this.#stale = true
      return readBytes(place.region.port, place.offset, place.size)
    } catch (error) {
      if (!isOfMemory(error)) throw error
      this.#absent.add(key)
      return null
    }
  }

  #note({ key }: Cell, sibling: string): void {
    const readers = this.#readers.get(sibling)
    if (readers === undefined) this.#readers.set(sibling, new Set([key]))
    else readers.add(key)
  }

  /** Tells what was not told at the last sample. @returns what was told by now */
  #tell(troubles: readonly Trouble[], told: ReadonlySet<string>): Set<string> {
    const now = new Set<string>()
    for (const { id, host, error } of troubles) {
      const key = `${cellKey(id ?? -1, host)} ${error.message}`
      if (!told.has(key) && !now.has(key)) this.#add({ kind: 'error', id, host, error })
      now.add(key)
    }
    return now
  }

  #add({ cell, ...event }: Partial<WatchEvent> & { kind: WatchKind; cell?: Cell }): void {
    this.#events.push({
      time: this.#time,
      id: cell?.place.id ?? null,
      host: cell?.place.host ?? null,
      initial: false,
      item: cell?.item ?? null,
      decoder: cell?.decoder ?? null,
      fields: null,
      words: null,
      bytes: null,
      error: cell?.error ?? null,
      ...event,
    })
  }
}

const nothingNew = (): Found => ({ added: new Set(), touched: new Set() })

/** A failure that is the whole heap's. */
const everywhere = (error: SmemError): Trouble => ({ id: null, host: null, error })

function isOfMemory(error: unknown): error is SmemError {
  return error instanceof SmemError && error.code !== 'EBADF'
}
