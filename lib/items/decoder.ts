// SPDX-License-Identifier: MIT
// What a decoder is: bytes of one well-known item in, a plain object out. Decoders never write and never
// read beyond the item; a heap of version 11 rounds sizes up to 8, so trailing bytes mean nothing.

import { SmemError } from '../errors.js'

/** Everything in a decoded value can be written as JSON. */
export type Decoded =
  | null
  | boolean
  | number
  | string
  | readonly Decoded[]
  | { readonly [field: string]: Decoded }

export interface Decoder {
  readonly name: string
  /** Ids of the items that have this layout. */
  readonly items: readonly number[]
  /** @throws SmemError EINVAL where the bytes cannot be this item */
  decode(bytes: Buffer): Decoded
}

/** Throws unless the item is as long as the least of its layouts. */
export function requireSize(bytes: Uint8Array, size: number, what: string): void {
  if (bytes.length >= size) return
  throw new SmemError('EINVAL', `${bytes.length} bytes are too few for ${what}, which has ${size}`)
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
