// SPDX-License-Identifier: MIT
// Items decoded by themselves, without a heap around them.

import type { Decoded, Decoder, Decoding } from '#lib/items/decoder.js'
import { Decoders } from '#lib/items/decoders.js'

export interface Around {
  readonly host?: number | null
  /** Other items of the same heap, by id. */
  readonly siblings?: Readonly<Record<number, Uint8Array>>
  /** Decoders of a user. */
  readonly own?: readonly Decoder[]
}

/** What the first decoder that accepts `bytes` makes of them as item `id`; null where none does. */
export function dissect(
  id: number,
  bytes: Uint8Array,
  { host = null, siblings = {}, own = [] }: Around = {},
): Decoding | null {
  const sibling = (other: number) => siblings[other] ?? null
  return new Decoders(own).dissect(bytes, { id, host, sibling })
}

/** The value alone. */
export function decode(id: number, bytes: Uint8Array, around?: Around): Decoded {
  return dissect(id, bytes, around)?.value ?? null
}
