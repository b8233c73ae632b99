// SPDX-License-Identifier: MIT
// The items of SMEM from which the kernel's socinfo driver has its facts, read and decoded once for `doctor`.

import type { Board, PhysicalRange } from '../../board/board.js'
import { ItemId } from '../../data/item-names.js'
import { SmemError } from '../../errors.js'
import { Heap } from '../../heap/heap.js'
import type { ItemPlace } from '../../heap/item.js'
import type { Decoded } from '../../items/decoder.js'
import { Decoders } from '../../items/decoders.js'
import { readBytes } from '../../port/copy.js'
import type { MemoryPort } from '../../port/port.js'

export interface ChipItem {
  readonly id: number
  /** Physical address of its bytes; null where it was not found. */
  readonly address: number | null
  /** What it says; null where it could not be read or decoded. */
  readonly value: Decoded
  /** Why there is no value: not allocated, out of reach, refused by its decoder; else null. */
  readonly error: string | null
}

export interface ChipItems {
  readonly socinfo: ChipItem
  /** The tables of image versions: indices 0 to 31, and 32 to 63. */
  readonly images: readonly [ChipItem, ChipItem]
}

/**
 * Null where no driver would accept the heap. Auxiliary regions stay untouched: on a board that nobody has tried they
 * may be walled off, and this is to be the first look.
 */
export function readChipItems(
  { carveOut }: Board,
  map: (range: PhysicalRange) => MemoryPort,
): ChipItems | null {
  const port = map(carveOut)
  try {
    const heap = new Heap([{ kind: 'main', port }])
    return {
      socinfo: readItem(heap, ItemId.HW_SW_BUILD_ID),
      images: [
        readItem(heap, ItemId.IMAGE_VERSION_TABLE),
        readItem(heap, ItemId.IMAGE_VERSION_TABLE_2),
      ],
    }
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  } finally {
    port.close()
  }
}

/** Boot loader and secure world, which start before the kernel. */
const LAST_LOADER = 1

/** Whether a table of image versions is older than the kernel: a boot loader has written its own into it. */
export function isOlderThanKernel({ value }: ChipItem): boolean {
  return Array.isArray(value) && value.some(({ index }) => index <= LAST_LOADER)
}

function readItem(heap: Heap, id: number): ChipItem {
  let place: ItemPlace | null = null
  try {
    place = heap.find(id)
    const bytes = readBytes(place.region.port, place.offset, place.size)
    const decoding = new Decoders().dissect(bytes, { id, host: null, sibling: () => null })
    return { id, address: addressOf(place), value: decoding?.value ?? null, error: null }
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    return { id, address: addressOf(place), value: null, error: error.message }
  }
}

function addressOf(place: ItemPlace | null): number | null {
  return place === null ? null : place.region.port.base + place.offset
}
