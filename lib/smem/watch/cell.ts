// SPDX-License-Identifier: MIT
// One item that is watched: where its bytes lie, the record that says so, and what they meant when they were last
// taken apart.

import { SmemError } from '../../errors.js'
import type { Heap } from '../../heap/heap.js'
import type { ItemPlace } from '../../heap/item.js'
import type { PartitionEntry } from '../../heap/partition-table.js'
import { Item, type ItemWorld } from '../../item.js'
import { changedScalars, type FieldChange, flatten, type Scalar } from '../../items/flatten.js'
import { TocEntry, tocEntryOffset } from '../../layout/header.js'
import { PrivateEntry, roundUp } from '../../layout/partition.js'
import type { Span } from './image.js'

/** Where an item stands in a watch: one of each id in each heap. */
export const cellKey = (id: number, host: number | null) => `${id}@${host ?? ''}`

/** What may be read together in version 11: the table of contents and the heap behind it. Else, a partition. */
const tocZone = {}

export class Cell {
  readonly place: ItemPlace
  readonly item: Item
  readonly key: string
  /** Asked for, and not only looked into by another's decoder. */
  readonly reported: boolean
  readonly data: Span
  /** The record that leads to the item: written once, so that another one means another heap. */
  readonly mark: Span
  /** Of the decoder that knows it. */
  decoder: string | null = null
  /** Why that could not read the bytes. */
  error: SmemError | null = null
  #fields: ReadonlyMap<string, Scalar> | null = null

  constructor(place: ItemPlace, heap: Heap, world: ItemWorld, reported: boolean) {
    const { id, host, region, offset, size } = place
    const { port } = region
    const partition = partitionOf(place, heap)
    const zone = region.kind === 'main' ? (partition ?? tocZone) : null
    this.place = place
    this.item = new Item(place, world)
    this.key = cellKey(id, host)
    this.reported = reported
    this.data = { port, offset, size, zone }
    this.mark =
      partition === null
        ? {
            port: heap.regions[0].port,
            offset: tocEntryOffset(id),
            size: TocEntry.size,
            zone: tocZone,
          }
        : { port, ...headerOf(place, partition), zone }
  }

  /** Every decoded scalar by its path; null where nothing was decoded. */
  get fields(): ReadonlyMap<string, Scalar> | null {
    return this.error === null ? this.#fields : null
  }

  /** Whether it is the item of that record still. */
  isAt({ region, offset, size, cached }: ItemPlace): boolean {
    const { place } = this
    return (
      place.region === region &&
      place.offset === offset &&
      place.size === size &&
      place.cached === cached
    )
  }

  /**
   * Takes its bytes apart.
   * @param all tell all fields, not only those that differ from the last time
   * @returns the fields; null where no decoder knows the item, or its decoder refuses the bytes
   */
  decode(bytes: Uint8Array, all: boolean): FieldChange[] | null {
    const before = all ? new Map<string, Scalar>() : (this.#fields ?? new Map<string, Scalar>())
    this.error = null
    try {
      const decoding = this.item.dissect(bytes)
      this.decoder = decoding?.decoder ?? null
      this.#fields = decoding === null ? null : flatten(decoding.value)
    } catch (error) {
      // A decoder of the user's can throw anything, and must not end the watch.
      this.error = asSmemError(error, this.place)
      return null
    }
    return this.#fields === null ? null : changedScalars(before, this.#fields)
  }
}

function partitionOf({ heap, offset }: ItemPlace, { table }: Heap): PartitionEntry | null {
  if (heap === 'toc') return null
  const entries = table?.entries ?? []
  return entries.find((entry) => offset >= entry.offset && offset < entry.offset + entry.size)!
}

/** Where the header of a partition's item should be; another place inside the partition does no harm. */
function headerOf({ cached, offset, size }: ItemPlace, partition: PartitionEntry) {
  const behind = partition.offset + roundUp(offset - partition.offset + size, partition.cacheline)
  const end = partition.offset + partition.size - PrivateEntry.size
  const at = cached ? Math.min(behind, end) : offset - PrivateEntry.size
  return { offset: Math.max(at, partition.offset), size: PrivateEntry.size }
}

function asSmemError(error: unknown, { id, host }: ItemPlace): SmemError {
  if (error instanceof SmemError && error.code !== 'EBADF') return error
  if (error instanceof SmemError) throw error
  return new SmemError('EINVAL', `the decoder of item ${id} failed: ${String(error)}`, {
    item: id,
    host: host ?? undefined,
    cause: error,
  })
}
