// SPDX-License-Identifier: MIT
// Ordinary memory that an image is drawn into, and the rules that every description has to keep.

import { hexAddress, SmemError } from '../errors.js'
import type { ItemDescription, RegionDescription } from './description.js'

/** One region of an image in the making. */
export class Canvas {
  readonly base: number
  readonly bytes: Uint8Array
  readonly view: DataView

  constructor({ base, size }: RegionDescription) {
    if (!(isMultiple(base, 4) && isMultiple(size, 8) && Number.isSafeInteger(base + size))) {
      throw new SmemError(
        'EINVAL',
        `a region at ${hexAddress(base)} of ${size} bytes cannot be built`,
        { address: base, hint: 'its base is a multiple of 4, its size one of 8' },
      )
    }
    this.base = base
    this.bytes = new Uint8Array(size)
    this.view = new DataView(this.bytes.buffer)
  }
}

/** True for 0, `unit`, 2 x `unit` ...; false for fractions, negative numbers and NaN too. */
export function isMultiple(value: number, unit: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value % unit === 0
}

/** The bytes an item starts with, and how many were asked for. */
export interface ItemContents {
  readonly data: Uint8Array
  readonly size: number
}

export function contentsOf(item: ItemDescription): ItemContents {
  const data = typeof item.data === 'string' ? Buffer.from(item.data, 'latin1') : item.data
  const size = item.size ?? data?.length
  if (size === undefined || !isMultiple(size, 1) || size < (data?.length ?? 0)) {
    throw new SmemError('EINVAL', `item ${item.id} needs data, or a size that holds its data`, {
      item: item.id,
    })
  }
  return { data: data ?? new Uint8Array(0), size }
}

/** Refuses ids that the heap does not accept, and one that it has already. */
export function checkId(id: number, count: number, taken: ReadonlySet<number>, heap: string): void {
  if (!isMultiple(id, 1) || id >= count) {
    throw new SmemError('EINVAL', `item ${id} is not below the ${count} ids of ${heap}`, {
      item: id,
    })
  }
  if (taken.has(id)) {
    throw new SmemError('EEXIST', `item ${id} is twice in ${heap}`, { item: id })
  }
}
