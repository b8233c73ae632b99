// SPDX-License-Identifier: MIT
// The items of one side of a partition. A side remembers how far it was walked: entries are written once and their
// header before the free offset, so only what is new is read again.

import { hexAddress, SmemError } from '../errors.js'
import { CANARY, PrivateEntry } from '../layout/partition.js'
import { Reader } from '../layout/reader.js'
import type { Direction } from './direction.js'
import type { EntryBudget } from './entry-budget.js'
import type { HeapItem } from './item.js'
import type { Region } from './region.js'

/** What a side must know of its partition. Offsets of entries are from the start of the partition. */
export interface SideOf {
  readonly region: Region
  /** Of the partition in its region. */
  readonly offset: number
  readonly size: number
  readonly cacheline: number
  readonly host: number | null
  /** As in messages. */
  readonly label: string
  readonly budget: EntryBudget
}

const header = new Reader(PrivateEntry)

export class Side {
  readonly #partition: SideOf
  readonly #direction: Direction
  readonly #walked: HeapItem[] = []
  #items: readonly HeapItem[] = []
  #restarts = 0
  #at: number
  #end: number
  /** The error of an entry that leads nowhere: nothing behind it can be walked. */
  #ended: SmemError | null = null
  /** What stands where an entry header should, or that it is one too many: looked at again by the next walk. */
  #broken: SmemError | null = null

  constructor(partition: SideOf, direction: Direction) {
    this.#partition = partition
    this.#direction = direction
    this.#at = direction.first(partition)
    this.#end = direction.behind(this.#at, partition)
  }

  /** What was walked so far, in the order of the walk. A new array whenever it has changed. */
  get items(): readonly HeapItem[] {
    if (this.#items.length !== this.#walked.length) this.#items = [...this.#walked]
    return this.#items
  }

  /** The same, of which only the end changes between two restarts. */
  get walked(): readonly HeapItem[] {
    return this.#walked
  }

  /** How often the heap in this place has been replaced by another. */
  get restarts(): number {
    return this.#restarts
  }

  /** Whether the last walk ended exactly at the free offset, and every entry on its way could be read. */
  get whole(): boolean {
    const { behind } = this.#direction
    return this.incomplete === null && behind(this.#at, this.#partition) === this.#end
  }

  /** The broken entry header, or one too many, at which the last walk ended: an element, but not an entry. */
  get broken(): SmemError | null {
    return this.#broken
  }

  /** Why it cannot be said that an item is absent. */
  get incomplete(): SmemError | null {
    return this.#broken ?? this.#ended
  }

  /** Walks on to the free offset `end`. */
  walk(end: number): void {
    const { arrived, next } = this.#direction
    if (end !== this.#end && arrived(this.#end, end)) this.#restart()
    this.#end = end
    this.#broken = null
    if (this.#ended !== null) return
    while (!arrived(this.#at, end)) {
      if (!this.#partition.budget.allows(this.#walked.length)) {
        this.#broken = this.#error(`too many entries: given up after ${this.#walked.length}`)
        break
      }
      const entry = this.#header()
      if (entry instanceof SmemError) {
        this.#broken = entry
        break
      }
      const item = this.#item(entry)
      this.#walked.push(item)
      const following = next(this.#at, entry, this.#partition)
      if (item.error !== null && !this.#inside(following)) {
        this.#ended = item.error
        break
      }
      this.#at = following
    }
  }

  /** The free offset has moved back: another heap lies here now. */
  #restart(): void {
    this.#partition.budget.restart(this.#walked.length)
    this.#walked.length = 0
    this.#items = []
    this.#restarts++
    this.#at = this.#direction.first(this.#partition)
    this.#ended = null
  }

  #header(): PrivateEntry | SmemError {
    const { region, offset, size } = this.#partition
    if (this.#at < 0 || this.#at + PrivateEntry.size > size) {
      return this.#error('the walk leaves the partition')
    }
    const entry = header.read(region.port, offset + this.#at)
    return entry.canary === CANARY
      ? entry
      : this.#error(`the entry header has canary 0x${entry.canary.toString(16)} instead of 0xa5a5`)
  }

  #item(entry: PrivateEntry): HeapItem {
    const { region, host, offset, size } = this.#partition
    const data = this.#direction.data(this.#at, entry)
    const { item: id } = entry
    const { cached } = this.#direction
    const impossible = entry.paddingData > entry.size || entry.size > size
    const leaves = data < 0 || data + entry.size > size
    if (!impossible && !leaves) {
      const size = entry.size - entry.paddingData
      return {
        id,
        host,
        heap: 'partition',
        cached,
        region,
        offset: offset + data,
        size,
        error: null,
      }
    }
    const problem = impossible
      ? `has an impossible size ${entry.size} with padding ${entry.paddingData}`
      : `has data that leaves the partition: ${entry.size} bytes at ${data}`
    const error = this.#error(`item ${id} ${problem}`, id)
    return {
      id,
      host,
      heap: 'partition',
      cached,
      region: data < 0 ? null : region,
      offset: data < 0 ? null : offset + data,
      size: entry.size,
      error,
    }
  }

  #inside(at: number): boolean {
    return at >= 0 && at <= this.#partition.size
  }

  #error(problem: string, item?: number): SmemError {
    const { region, offset, host, label } = this.#partition
    const address = region.port.base + offset + this.#at
    return new SmemError('EINVAL', `${label}: ${problem}, at ${hexAddress(address)}`, {
      address,
      item,
      host: host ?? undefined,
    })
  }
}
