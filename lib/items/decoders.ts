// SPDX-License-Identifier: MIT
// The decoders of one Smem: the user's own, then ours.

import { type Decoder, type Decoding, dissect } from './decoder.js'
import { Dissection, type ItemContext } from './dissection.js'
import { builtinOf } from './registry.js'

export class Decoders {
  readonly #own: readonly Decoder[]

  constructor(own: readonly Decoder[] = []) {
    this.#own = own
  }

  /** Every decoder that may know the item, the first choice first. */
  of(id: number): readonly Decoder[] {
    const own = this.#own.filter(({ items }) => items.includes(id))
    return own.length === 0 ? builtinOf(id) : [...own, ...builtinOf(id)]
  }

  /**
   * What the bytes of an item mean; null where no decoder knows them.
   * @throws SmemError EINVAL where its decoder cannot read them
   */
  dissect(bytes: Uint8Array, context: ItemContext): Decoding | null {
    for (const decoder of this.of(context.id)) {
      const item = new Dissection(bytes, context)
      if (decoder.accepts?.(item) ?? true) return dissect(decoder, item)
    }
    return null
  }
}
