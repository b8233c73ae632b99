// SPDX-License-Identifier: MIT
// Text in items: latin letters up to the first NUL, which may be missing.

import { text, u8 } from '../layout/scalar.js'
import type { Dissection } from './dissection.js'

/** More is not shown: a text of that length is a log, or no text. */
const LONGEST = 16384

/** Bytes in a row from `offset` that people can read, at most `most` of them. */
export function printableLength(item: Dissection, most: number, offset = 0): number {
  for (let length = 0; length < most; length++) {
    if (!isPrintable(item.peek(u8, offset + length))) return length
  }
  return most
}

/** The text from `offset` to its NUL or to the end of the item, noted under `path`. */
export function readText(item: Dissection, path: string, offset = 0): string {
  const room = Math.min(item.size - offset, LONGEST)
  if (room <= 0) return ''
  const end = item.bytes.subarray(offset, offset + room).indexOf(0)
  const length = end < 0 ? room : end
  if (length === LONGEST) item.note(`cut off after ${LONGEST} bytes`)
  if (printableLength(item, length, offset) < length) item.note('some of its bytes are no text')
  return item.read(path, text(end < 0 ? room : end + 1), offset)
}

/** ASCII that shows, and the white space of logs. */
function isPrintable(byte: number | null): boolean {
  return (
    byte !== null && ((byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13)
  )
}
