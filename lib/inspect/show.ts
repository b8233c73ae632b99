// SPDX-License-Identifier: MIT
// One item as data: where it is, what it means, and all of its bytes.

import { SmemError } from '../errors.js'
import type { Item } from '../item.js'
import type { Decoded, Decoding } from '../items/decoder.js'
import type { FieldSpan } from '../items/dissection.js'
import { type ListedItem, listedItem } from './list.js'

export interface ShowReport {
  readonly schema: 'qcom-smem/show@1'
  readonly item: ListedItem
  /** Name of the decoder; null where none knows the item, or its bytes are not what it expects. */
  readonly decoder: string | null
  readonly value: Decoded
  /** Which bytes each field of the value came from; empty where nothing was decoded. */
  readonly fields: readonly FieldSpan[]
  /** What is newer, longer or odder than the decoder knows. */
  readonly notes: readonly string[]
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
  let decoding: Decoding | null = null
  let undecoded: SmemError | null = null
  try {
    decoding = item.dissect(bytes)
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    undecoded = error
  }
  return {
    report: {
      schema: 'qcom-smem/show@1',
      item: listedItem(item),
      decoder: decoding?.decoder ?? null,
      value: decoding?.value ?? null,
      fields: decoding?.fields ?? [],
      notes: decoding?.notes ?? [],
      hex: bytes.toString('hex'),
    },
    bytes,
    undecoded,
  }
}
