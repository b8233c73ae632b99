// SPDX-License-Identifier: MIT
// An event of a watch as data: one line of what `watch --json` prints.

import { itemName } from '../../data/item-names.js'
import { hexAddress } from '../../errors.js'
import type { FieldChange } from '../../items/flatten.js'
import type { ByteChange, WatchEvent, WatchKind, WordChange } from '../../smem/watch/event.js'

export interface EventReport {
  readonly schema: 'qcom-smem/event@1'
  /** ISO 8601, of the sample. */
  readonly time: string
  readonly kind: WatchKind
  readonly id: number | null
  readonly name: string | null
  readonly host: number | null
  readonly initial: boolean
  readonly address: string | null
  readonly size: number | null
  readonly decoder: string | null
  readonly fields: readonly FieldChange[] | null
  readonly words: readonly WordChange[] | null
  readonly bytes: ByteChange | null
  readonly error: { readonly code: string; readonly message: string } | null
}

export function eventReport(event: WatchEvent): EventReport {
  const { time, kind, id, host, initial, item, decoder, fields, words, bytes, error } = event
  return {
    schema: 'qcom-smem/event@1',
    time: time.toISOString(),
    kind,
    id,
    name: id === null ? null : itemName(id),
    host,
    initial,
    address: item === null ? null : hexAddress(item.address),
    size: item?.size ?? null,
    decoder,
    fields,
    words,
    bytes,
    error: error === null ? null : { code: error.code, message: error.message },
  }
}
