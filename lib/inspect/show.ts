// SPDX-License-Identifier: MIT
// One item as data: where it is, what it means, and all of its bytes.

import { SmemError } from '../errors.js'
import type { Item } from '../item.js'
import type { Decoded } from '../items/decoder.js'
import { decoderOf } from '../items/registry.js'
import { type ListedItem, listedItem } from './list.js'

export interface ShowReport {
  readonly schema: 'qcom-smem/show@1'
  readonly item: ListedItem
  /** Name of the decoder; null where none knows the item, or its bytes are not what it expects. */
  readonly decoder: string | null
  readonly value: Decoded
  /** All bytes, lower-case hex. */
  readonly hex: string
}

export interface ShownItem {
  readonly report: ShowReport
  readonly bytes: Buffer
  /** Why the decoder refused the bytes. */
  readonly undecoded: SmemError | null
}

export function showItem(item: Item): ShownItem {
  const bytes = item.read()
  const decoder = decoderOf(item.id)
  let value: Decoded = null
  let undecoded: SmemError | null = null
  try {
    value = decoder?.decode(bytes) ?? null
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    undecoded = error
  }
  return {
    report: {
      schema: 'qcom-smem/show@1',
      item: listedItem(item),
      decoder: undecoded === null ? (decoder?.name ?? null) : null,
      value,
      hex: bytes.toString('hex'),
    },
    bytes,
    undecoded,
  }
}
