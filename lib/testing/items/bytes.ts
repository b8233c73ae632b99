// SPDX-License-Identifier: MIT
// Items put together from structures.

import type { Field } from '../../layout/scalar.js'

/** Structures that may be written in part, as `struct()` makes them. */
interface Assignable<T> extends Field<T> {
  assign(view: DataView, offset: number, values: Partial<T>): void
}

/** `size` zero bytes that start with `layout`; the structure's own size by default. */
export function bytesOf<T>(layout: Assignable<T>, values: Partial<T>, size = layout.size) {
  const bytes = new Uint8Array(size)
  layout.assign(new DataView(bytes.buffer), 0, values)
  return bytes
}

/** `values` as little-endian 32-bit words, in `count` words. */
export function words(values: readonly number[], count = values.length): Uint8Array {
  const bytes = new Uint8Array(count * 4)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => {
    view.setUint32(i * 4, value, true)
  })
  return bytes
}
