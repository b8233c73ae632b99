// SPDX-License-Identifier: MIT
// What a watch tells: items that appear, change and go, heaps that are set up anew, and what cannot be read.

import type { SmemError } from '../../errors.js'
import type { Item } from '../../item.js'
import type { FieldChange } from '../../items/flatten.js'

/**
 * What a watch can tell of.
 * @see {@link Smem.watch}
 */
export type WatchKind = 'item' | 'changed' | 'gone' | 'reset' | 'error'

/**
 * A word of an item that differs.
 * @see {@link Smem.watch}
 */
export interface WordChange {
  /** From the start of the item, bytes. */
  readonly offset: number
  readonly before: number
  readonly after: number
}

/**
 * How much of an item's bytes differ.
 * @see {@link Smem.watch}
 */
export interface ByteChange {
  readonly count: number
  /** Offset of the first. */
  readonly first: number
}

/**
 * Something that a watch has seen.
 * @see {@link Smem.watch}
 */
export interface WatchEvent {
  /**
   * `item`: it is there, new or in a new place; `changed`: its bytes, or what they mean; `gone`: no heap has it any
   * more; `reset`: a heap was emptied or set up anew, as in a subsystem restart; `error`: a heap, or an item,
   * cannot be read. An error that stays is told once.
   */
  readonly kind: WatchKind
  /** Of the sample. */
  readonly time: Date
  /** null for `reset`, and for an `error` of a whole heap. */
  readonly id: number | null
  /** Remote host of the private partition; null for the global heap. */
  readonly host: number | null
  /** Told by the first sample that could be taken: it was there before. */
  readonly initial: boolean
  /** As it is now, or was; null with `id`, and where it cannot be read. */
  readonly item: Item | null
  /** Name of the decoder; null where none knows the item. */
  readonly decoder: string | null
  /** The decoded fields that differ, for `item` all of them; null where nothing was decoded. */
  readonly fields: readonly FieldChange[] | null
  /** Of an item that nothing decodes: the first words that differ, at most 16. */
  readonly words: readonly WordChange[] | null
  /** Of `changed`: null where only another item's bytes have changed what these mean. */
  readonly bytes: ByteChange | null
  /** Of `error`; also of `item` and `changed`, where the decoder refuses the bytes. */
  readonly error: SmemError | null
}

const MOST_WORDS = 16

/** The words that differ between two copies of an item; the last may be cut off. */
export function changedWords(before: Buffer, now: Buffer): WordChange[] {
  const changes: WordChange[] = []
  for (let offset = 0; offset < now.length && changes.length < MOST_WORDS; offset += 4) {
    const [was, is] = [wordAt(before, offset), wordAt(now, offset)]
    if (was !== is) changes.push({ offset, before: was, after: is })
  }
  return changes
}

export function changedBytes(before: Buffer, now: Buffer): ByteChange {
  let count = 0
  let first = -1
  for (let i = 0; i < now.length; i++) {
    if (before[i] === now[i]) continue
    if (count++ === 0) first = i
  }
  return { count, first }
}

function wordAt(bytes: Buffer, offset: number): number {
  return bytes.readUIntLE(offset, Math.min(4, bytes.length - offset))
}
