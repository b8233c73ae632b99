// SPDX-License-Identifier: MIT
// What is known of items, whether this machine has them or not: names, content, who says so, which decoder reads
// them, and both readings where an id means two things.

import { allItemFacts, type ItemFacts } from '../data/item-facts.js'
import type { Decoders } from '../items/decoders.js'

export interface KnownItem extends ItemFacts {
  /** Names of the decoders that may read it, the first that is tried first. */
  readonly decoders: readonly string[]
}

export interface ItemsReport {
  readonly schema: 'qcom-smem/items@1'
  /** By id. */
  readonly items: readonly KnownItem[]
}

/** Of every known item. */
export function itemsReport(decoders: Decoders): ItemsReport {
  return reportOn(allItemFacts(), decoders)
}

/** Of these, such as one. */
export function reportOn(items: readonly ItemFacts[], decoders: Decoders): ItemsReport {
  return {
    schema: 'qcom-smem/items@1',
    items: items.map((facts) => ({
      ...facts,
      decoders: decoders.of(facts.id).map(({ name }) => name),
    })),
  }
}
