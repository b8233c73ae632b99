// SPDX-License-Identifier: MIT
// A partition as another processor uses it, without a line of lib/heap. Sources: Linux drivers/soc/qcom/smem.c,
// qcom_smem_alloc_private(); vendor smem.c, alloc_item_secure(), which also fills the cached side.

import { SmemError } from '../../errors.js'
import { CANARY, PartitionHeader, PrivateEntry } from '../../layout/partition.js'
import type { AllocationRules } from './kind.js'
import { type PartitionPlace, PartitionSide } from './partition-side.js'
import type { RemoteItem, RemoteLookup, RemoteRequest } from './request.js'

const headerWord = PartitionHeader.offsets
const word = PrivateEntry.offsets

export class PartitionOwner {
  readonly #place: PartitionPlace
  readonly #host: number | null
  readonly #rules: AllocationRules
  readonly #uncached: PartitionSide
  readonly #cached: PartitionSide

  /** `host`: the other end; null for the global partition. */
  constructor(place: PartitionPlace, host: number | null, rules: AllocationRules) {
    this.#place = place
    this.#host = host
    this.#rules = rules
    this.#uncached = new PartitionSide(place, false)
    this.#cached = new PartitionSide(place, true)
  }

  /** Only the side that is asked for is searched for the id, as in both sources. */
  alloc({ id, size, cached = false }: RemoteRequest): RemoteItem {
    const { uncached: low, cached: high } = this.#free()
    const { cacheline } = this.#place
    if (cached && (!this.#rules.cached || cacheline === 0)) {
      throw new SmemError('EINVAL', 'no cached items are allocated here', { item: id })
    }
    const side = cached ? this.#cached : this.#uncached
    if (side.upTo(cached ? high : low).has(id)) {
      throw new SmemError('EEXIST', `item ${id} is there`, { item: id })
    }
    const unit = cached ? cacheline : 8
    const stored = size + ((unit - (size % unit)) % unit)
    if (low + side.span + stored > high) {
      throw new SmemError('ENOSPC', `${high - low} bytes are too few`, { item: id })
    }
    const header = cached ? high - side.span : low
    const data = cached ? header - stored : header + PrivateEntry.size
    this.#describe(header, id, stored, stored - size, side.span - PrivateEntry.size)
    if (cached) this.#publish(headerWord.freeCached, data)
    else this.#publish(headerWord.freeUncached, data + stored)
    return { id, size, host: this.#host, cached, offset: this.#place.offset + data }
  }

  /** On the side that is asked for. */
  find({ id, cached = false }: RemoteLookup): RemoteItem {
    const free = this.#free()
    const found = cached
      ? this.#cached.upTo(free.cached).get(id)
      : this.#uncached.upTo(free.uncached).get(id)
    if (found === undefined) throw new SmemError('ENOENT', `no item ${id}`, { item: id })
    const offset = this.#place.offset + found.data
    return { id, size: found.size, host: this.#host, cached, offset }
  }

  #free() {
    const { port, offset, size } = this.#place
    const uncached = port.read32(offset + headerWord.freeUncached)
    const cached = port.read32(offset + headerWord.freeCached)
    if (uncached > size || cached > size) {
      throw new SmemError('EINVAL', 'the free offsets of a partition leave it')
    }
    return { uncached, cached }
  }

  #describe(header: number, id: number, stored: number, padding: number, gap: number): void {
    const { port, offset } = this.#place
    port.write32(offset + header + word.canary, CANARY + id * 2 ** 16)
    port.write32(offset + header + word.size, stored)
    port.write32(offset + header + word.paddingData, padding + gap * 2 ** 16)
  }

  /** Mainline makes the item visible before the free offset; vendors do so when they are done. */
  #publish(freeWord: number, free: number): void {
    const { port, offset } = this.#place
    if (this.#rules.publishes) port.fence('store')
    port.write32(offset + freeWord, free)
    if (!this.#rules.publishes) port.fence('store')
  }
}
