// SPDX-License-Identifier: MIT
// The items on one side of a partition, as another processor walks them. Entries are written once, so each is
// read once: it is held up under the lock only by what is new.

import { SmemError } from '../../errors.js'
import { CANARY, PartitionHeader, PrivateEntry } from '../../layout/partition.js'
import type { MemoryPort } from '../../port/port.js'

export interface PartitionPlace {
  readonly port: MemoryPort
  /** Of its header, in region 0. */
  readonly offset: number
  readonly size: number
  /** 0 where it has no cached items. */
  readonly cacheline: number
}

/** Its size without padding, and where its data starts in the partition. */
export interface SideItem {
  readonly size: number
  readonly data: number
}

const word = PrivateEntry.offsets

export class PartitionSide {
  readonly #place: PartitionPlace
  readonly #cached: boolean
  /** From one header to what lies next to it: 16 bytes, on the cached side in whole cache lines. */
  readonly span: number
  readonly #items = new Map<number, SideItem>()
  #next: number

  constructor(place: PartitionPlace, cached: boolean) {
    this.#place = place
    this.#cached = cached
    const { cacheline, size } = place
    this.span =
      cached && cacheline > 0
        ? Math.ceil(PrivateEntry.size / cacheline) * cacheline
        : PrivateEntry.size
    this.#next = cached ? size - this.span : PartitionHeader.size
  }

  /** All up to the free offset `end`, by id. EINVAL where the walk meets something that is no item. */
  upTo(end: number): ReadonlyMap<number, SideItem> {
    const cached = this.#cached
    while (cached ? this.#next > end : this.#next < end) this.#next = this.#step(this.#next)
    const { size } = this.#place
    const last = cached ? this.#next + this.span : this.#next
    if (last < 0 || last > size) throw this.#broken(this.#next)
    return this.#items
  }

  /** Takes the item whose header is at `header`, and goes to the next. */
  #step(header: number): number {
    const { port, offset, size: room } = this.#place
    if (header < 0 || header + PrivateEntry.size > room) throw this.#broken(header)
    const at = offset + header
    const name = port.read32(at + word.canary)
    if ((name & 0xffff) !== CANARY) throw this.#broken(header)
    const size = port.read32(at + word.size)
    const padding = port.read32(at + word.paddingData)
    const data = this.#cached ? header - size : header + PrivateEntry.size + (padding >>> 16)
    const id = name >>> 16
    if (!this.#items.has(id)) this.#items.set(id, { size: size - (padding & 0xffff), data })
    return this.#cached ? data - this.span : data + size
  }

  #broken(header: number): SmemError {
    return new SmemError('EINVAL', `there is no item header at ${header} of a partition`)
  }
}
