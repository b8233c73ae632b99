// SPDX-License-Identifier: MIT
// A hexdump as rows of sixteen bytes, each cut into segments where a field begins or ends. Where two fields lie over
// each other, the smaller one has the byte: it says more.

import type { PageItem } from '../../inspect/page.js'
import { asciiOf } from './bytes.js'

export const ROW = 16

export type FieldSpan = PageItem['fields'][number]

export interface Segment {
  /** Index into the item's fields; null for bytes of no field. */
  readonly field: number | null
  /** From the start of the item, bytes. */
  readonly offset: number
  /** Two digits each, or two dots for what is masked. */
  readonly hex: readonly string[]
  readonly ascii: string
  /** The field begins here, not in a row above. */
  readonly first: boolean
}

export interface HexRow {
  readonly offset: number
  readonly segments: readonly Segment[]
  /** How many rows that are the same as this one were left out after it. */
  readonly repeats: number
}

/**
 * Rows that repeat the one above, and hold no field, are told by a number. `masked`: paths of the fields whose
 * bytes nobody was told.
 */
export function hexRows(
  bytes: Uint8Array,
  fields: readonly FieldSpan[],
  masked: readonly string[] = [],
): HexRow[] {
  const hidden = new Set(fields.flatMap(({ path }, i) => (masked.includes(path) ? i : [])))
  const owners = ownersOf(bytes.length, fields)
  const rows: (HexRow & { repeats: number })[] = []
  for (let offset = 0; offset < bytes.length; offset += ROW) {
    const last = rows.at(-1)
    if (last !== undefined && isRepeat(bytes, owners, last, offset)) last.repeats++
    else rows.push({ offset, segments: segmentsOf(bytes, owners, offset, hidden), repeats: 0 })
  }
  return rows
}

/** The index of the field that has each byte, or -1. */
function ownersOf(size: number, fields: readonly FieldSpan[]): Int32Array {
  const owners = new Int32Array(size).fill(-1)
  const bySize = fields
    .map((span, index) => ({ ...span, index }))
    .sort((a, b) => b.size - a.size || a.index - b.index)
  for (const { offset, size: length, index } of bySize) {
    owners.fill(index, clamp(offset, size), clamp(offset + length, size))
  }
  return owners
}

function clamp(offset: number, size: number): number {
  return Math.min(Math.max(offset, 0), size)
}

function isRepeat(bytes: Uint8Array, owners: Int32Array, above: HexRow, offset: number): boolean {
  if (offset + ROW > bytes.length) return false
  for (let i = 0; i < ROW; i++) {
    if (bytes[above.offset + i] !== bytes[offset + i]) return false
    if (owners[above.offset + i] !== -1 || owners[offset + i] !== -1) return false
  }
  return true
}

function segmentsOf(
  bytes: Uint8Array,
  owners: Int32Array,
  start: number,
  hidden: ReadonlySet<number>,
): Segment[] {
  const end = Math.min(start + ROW, bytes.length)
  const segments: Segment[] = []
  for (let at = start; at < end; ) {
    const owner = owners[at]!
    let to = at + 1
    while (to < end && owners[to] === owner) to++
    const part = bytes.subarray(at, to)
    const isHidden = hidden.has(owner)
    segments.push({
      field: owner === -1 ? null : owner,
      offset: at,
      hex: [...part].map((byte) => (isHidden ? '··' : byte.toString(16).padStart(2, '0'))),
      ascii: isHidden ? '·'.repeat(part.length) : asciiOf(part),
      first: owner !== -1 && owners[at - 1] !== owner,
    })
    at = to
  }
  return segments
}
