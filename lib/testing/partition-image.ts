// SPDX-License-Identifier: MIT
// One partition of an image: uncached items upwards from the header, cached ones downwards from the end,
// each header above its data. As Linux drivers/soc/qcom/smem.c and the firmware's allocators lay it out.

import { SmemError } from '../errors.js'
import {
  CANARY,
  cachedHeaderSpan,
  GLOBAL_HOST,
  PARTITION_MAGIC,
  PartitionHeader,
  PrivateEntry,
  roundUp,
} from '../layout/partition.js'
import { type Canvas, checkId, contentsOf, isMultiple } from './canvas.js'
import type { PartitionDescription, PartitionItemDescription } from './description.js'
import type { PlacedItem } from './image.js'

const DEFAULT_CACHELINE = 64
/** The padding words of an item header have 16 bits. */
const MAX_CACHELINE = 4096
const UNCACHED_ALIGN = 8

/** What the partition table says of a partition. */
export interface PartitionShape {
  readonly host0: number
  readonly host1: number
  readonly size: number
  readonly cacheline: number
  readonly flags: number
}

/** Fills in what a description may leave out, and refuses what no partition can be. */
export function partitionShape(partition: PartitionDescription, index: number): PartitionShape {
  const { size, cacheline = DEFAULT_CACHELINE, flags = 0 } = partition
  const { host0, host1 } = partition.global ? { host0: GLOBAL_HOST, host1: GLOBAL_HOST } : partition
  if (!isMultiple(size, 8) || size < PartitionHeader.size) {
    throw refused(index, `cannot have ${size} bytes: at least 32, and a multiple of 8`)
  }
  if (!isMultiple(cacheline, 8) || cacheline > MAX_CACHELINE) {
    throw refused(
      index,
      `cannot have cache lines of ${cacheline} bytes: a multiple of 8 up to 4096`,
    )
  }
  for (const host of [host0, host1]) {
    if (!isMultiple(host, 1) || host > 0xffff) throw refused(index, `cannot have the host ${host}`)
  }
  return { host0, host1, size, cacheline, flags }
}

function refused(index: number, why: string): SmemError {
  return new SmemError('EINVAL', `partition ${index} ${why}`)
}

/** Draws a partition into region 0. */
export class PartitionImage {
  readonly items: PlacedItem[] = []
  readonly #canvas: Canvas
  readonly #start: number
  readonly #index: number
  readonly #itemCount: number
  readonly #shape: PartitionShape
  readonly #taken = new Set<number>()
  #freeUncached = PartitionHeader.size
  #freeCached: number

  /** `start` is the partition's offset in region 0, `index` its place in the partition table. */
  constructor(
    canvas: Canvas,
    start: number,
    index: number,
    shape: PartitionShape,
    itemCount: number,
  ) {
    this.#canvas = canvas
    this.#start = start
    this.#index = index
    this.#shape = shape
    this.#itemCount = itemCount
    this.#freeCached = shape.size
  }

  add(item: PartitionItemDescription): void {
    const { id } = item
    checkId(id, this.#itemCount, this.#taken, `partition ${this.#index}`)
    this.#taken.add(id)
    if (item.cached) this.#addCached(item)
    else this.#addUncached(item)
  }

  /** Writes the header: magic, hosts and the two free offsets. */
  finish(): void {
    const { host0, host1, size } = this.#shape
    PartitionHeader.assign(this.#canvas.view, this.#start, {
      magic: PARTITION_MAGIC,
      host0,
      host1,
      size,
      freeUncached: this.#freeUncached,
      freeCached: this.#freeCached,
    })
  }

  #addUncached(item: PartitionItemDescription): void {
    const { data, size: requested } = contentsOf(item)
    const gap = item.gap ?? 0
    if (!isMultiple(gap, UNCACHED_ALIGN) || gap > 0xffff) {
      throw new SmemError('EINVAL', `the gap of item ${item.id} is not a multiple of 8`, {
        item: item.id,
      })
    }
    const size = roundUp(requested, UNCACHED_ALIGN)
    const header = this.#freeUncached
    this.#take(item.id, PrivateEntry.size + gap + size)
    this.#freeUncached = header + PrivateEntry.size + gap + size
    this.#draw(item, header, header + PrivateEntry.size + gap, { data, size, requested, gap })
  }

  #addCached(item: PartitionItemDescription): void {
    const { cacheline } = this.#shape
    if (cacheline === 0) {
      throw new SmemError('EINVAL', `item ${item.id} is cached in a partition without cache line`, {
        item: item.id,
        hint: 'give the partition a `cacheline`',
      })
    }
    const { data, size: requested } = contentsOf(item)
    const size = roundUp(requested, cacheline)
    const span = cachedHeaderSpan(cacheline)
    const header = this.#freeCached - span
    this.#take(item.id, span + size)
    this.#freeCached = header - size
    const gap = span - PrivateEntry.size
    this.#draw(item, header, header - size, { data, size, requested, gap })
  }

  #take(id: number, bytes: number): void {
    const left = this.#freeCached - this.#freeUncached
    if (bytes <= left) return
    const { host0, host1 } = this.#shape
    throw new SmemError(
      'ENOSPC',
      `item ${id} needs ${bytes} bytes with its header, partition ${this.#index} (hosts ${host0} and ${host1}) has ${left} left`,
      { item: id, host: host0 === 0 ? host1 : host0 },
    )
  }

  #draw(
    { id, cached = false }: PartitionItemDescription,
    header: number,
    data: number,
    stored: { data: Uint8Array; size: number; requested: number; gap: number },
  ): void {
    const record = this.#start + header
    const offset = this.#start + data
    PrivateEntry.assign(this.#canvas.view, record, {
      canary: CANARY,
      item: id,
      size: stored.size,
      paddingData: stored.size - stored.requested,
      paddingHdr: stored.gap,
    })
    this.#canvas.bytes.set(stored.data, offset)
    const size = stored.requested
    this.items.push({ id, partition: this.#index, cached, record, region: 0, offset, size })
  }
}
