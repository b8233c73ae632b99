// SPDX-License-Identifier: MIT
// One item as data: where it is, what it means, and all of its bytes.

import type { Board } from '../board/board.js'
import { type ErrorCode, SmemError } from '../errors.js'
import type { Item } from '../item.js'
import type { Decoded, Decoding } from '../items/decoder.js'
import type { FieldSpan } from '../items/dissection.js'
import { type ListedItem, listedItem } from './list.js'
import { type Smp2pItemNode, smp2pNodeOf } from './smp2p-edge.js'

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
  /** Why the decoder refused the bytes; null where it did not, and where none knows the item. */
  readonly undecoded: { readonly code: ErrorCode; readonly message: string } | null
  /** What the board's device tree says of this SMP2P item; null for others, and where no tree was read. */
  readonly deviceTree: Smp2pItemNode | null
  /** All bytes, lower-case hex. */
  readonly hex: string
}

export interface ShownItem {
  readonly report: ShowReport
  readonly bytes: Buffer
}

/** `board`: that the item is from, where it is known. */
export function showItem(item: Item, board: Board | null = null): ShownItem {
  const bytes = item.read()
  let decoding: Decoding | null = null
  let undecoded: ShowReport['undecoded'] = null
  try {
    decoding = item.dissect(bytes)
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    undecoded = { code: error.code, message: error.message }
  }
  return {
    report: {
      schema: 'qcom-smem/show@1',
      item: listedItem(item),
      decoder: decoding?.decoder ?? null,
      value: decoding?.value ?? null,
      fields: decoding?.fields ?? [],
      notes: decoding?.notes ?? [],
      undecoded,
      deviceTree: smp2pNodeOf(board, item),
      hex: bytes.toString('hex'),
    },
    bytes,
  }
}
