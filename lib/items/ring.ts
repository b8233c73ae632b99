// SPDX-License-Identifier: MIT
// Part of an item that is written round and round, read from where its reader stands: what reaches the end goes on
// at the start.

import type { Field } from '../layout/scalar.js'
import type { Dissection } from './dissection.js'

export class Ring {
  readonly #item: Dissection
  readonly #start: number
  readonly #size: number
  readonly #tail: number

  /** `size` bytes from `start`, both in the item; the reader stands at `tail`, below `size`. */
  constructor(item: Dissection, start: number, size: number, tail: number) {
    this.#item = item
    this.#start = start
    this.#size = size
    this.#tail = tail
  }

  /** Where in the item byte `offset` behind the reader lies. */
  placeOf(offset: number): number {
    return this.#start + ((this.#tail + offset) % this.#size)
  }

  /** The value of `field`, `offset` bytes behind the reader; noted under `path` where it lies in one piece. */
  read<T>(path: string, field: Field<T>, offset: number): T {
    const place = this.placeOf(offset)
    if (place + field.size <= this.#start + this.#size) return this.#item.read(path, field, place)
    return this.peek(field, offset)
  }

  /** As `read`, without a place in the decoded object. */
  peek<T>(field: Field<T>, offset: number): T {
    const bytes = Uint8Array.from({ length: field.size }, (_, i) => {
      return this.#item.bytes[this.placeOf(offset + i)]!
    })
    return field.read(new DataView(bytes.buffer), 0)
  }
}
