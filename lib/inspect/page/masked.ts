// SPDX-License-Identifier: MIT
// What a page does not tell, because anyone may mail it: bytes of fields that their decoder masks, such as keys. The
// value says `masked` in their place, and that is how they are known.

import type { Decoded } from '../../items/decoder.js'
import type { FieldSpan } from '../../items/dissection.js'
import { flatten } from '../../items/flatten.js'

const MASKED = 'masked'

/** In the order of `fields`. A text of memory that happens to be the word hides nothing: its bytes are the word. */
export function maskedFields(
  value: Decoded,
  fields: readonly FieldSpan[],
  bytes: Buffer,
): readonly FieldSpan[] {
  if (fields.length === 0) return []
  const scalars = flatten(value)
  return fields.filter(
    ({ path, offset }) =>
      scalars.get(path) === MASKED &&
      bytes.toString('latin1', offset, offset + MASKED.length) !== MASKED,
  )
}

/** Zeros in place of the fields, of which some may lie behind the end; the bytes that are given stay as they are. */
export function blanked(bytes: Buffer, fields: readonly FieldSpan[]): Buffer {
  if (fields.length === 0) return bytes
  const copy = Buffer.from(bytes)
  for (const { offset, size } of fields) copy.subarray(offset, offset + size).fill(0)
  return copy
}
