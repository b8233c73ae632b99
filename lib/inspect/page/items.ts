// SPDX-License-Identifier: MIT
// Every item of a page: where it is, what is known of it, what its bytes mean, and the bytes.

import { itemFacts, type Reading } from '../../data/item-facts.js'
import { SmemError } from '../../errors.js'
import type { HeapOptions } from '../../heap/heap.js'
import { untouchable } from '../../heap/holes.js'
import type { BrokenItem, Item } from '../../item.js'
import type { Decoded } from '../../items/decoder.js'
import type { FieldSpan } from '../../items/dissection.js'
import type { Stretch } from '../../port/port.js'
import type { Smem } from '../../smem.js'
import { type ListedItem, listedItem } from '../list.js'
import { blanked, maskedFields } from './masked.js'

export interface PageItem extends ListedItem {
  /** `g:137:0`: the host, `g` without; the id, `x` without; and which of those of the same host and id. */
  readonly key: string
  /** What is known of the id: its content, and other names. */
  readonly holds: string | null
  /** Where the id means two things: each with its name, the usual one first; else empty. */
  readonly readings: readonly Pick<Reading, 'name' | 'holds'>[]
  /** How to know which of the readings it is; null where there is but one. */
  readonly tell: string | null
  readonly aliases: readonly string[]
  /** As of `show`. */
  readonly decoder: string | null
  readonly value: Decoded
  readonly fields: readonly FieldSpan[]
  readonly notes: readonly string[]
  /** Why its decoder refused the bytes. */
  readonly undecoded: string | null
  /** Paths of the fields whose bytes are not told, such as keys: in `bytes` they are zeros. */
  readonly masked: readonly string[]
  /** Base64; null where it cannot be read. Of a large item the first 64 KiB. */
  readonly bytes: string | null
  /** Not all of its bytes are in `bytes`. */
  readonly cut: boolean
}

/** Of one item, bytes. */
const MOST_BYTES = 64 * 1024
/** Of all items: broken heaps have many items in the same place. */
const MOST_BYTES_IN_ALL = 16 * 1024 * 1024
/** A page that nobody can open helps nobody: noise in the place of a partition has more. */
const MOST_ITEMS = 10_000

export interface PageItems {
  readonly items: readonly PageItem[]
  /** Items beyond the most that a page has. */
  readonly omitted: number
}

/** In the order of a listing. */
export function pageItems(smem: Smem, view: HeapOptions): PageItems {
  const listed = smem.items()
  const shown = listed.slice(0, MOST_ITEMS)
  const keyed = new Keys()
  const reader = new PageItemReader(smem, view)
  const items = shown.map((item) => reader.read(item, keyed.next(item)))
  return { items, omitted: listed.length - shown.length }
}

/** Names items for as long as the listing lasts. */
export class Keys {
  readonly #seen = new Map<string, number>()

  next({ host, id }: Pick<Item | BrokenItem, 'host' | 'id'>): string {
    const name = `${host ?? 'g'}:${id ?? 'x'}`
    const n = this.#seen.get(name) ?? 0
    this.#seen.set(name, n + 1)
    return `${name}:${n}`
  }
}

/** Takes items apart, as many of them as a page can hold. */
export class PageItemReader {
  readonly #main: number
  readonly #holes: readonly Stretch[]
  #left = MOST_BYTES_IN_ALL

  constructor({ source }: Pick<Smem, 'source'>, view: HeapOptions) {
    const main = source.regions[0].port
    this.#main = main.base
    this.#holes = untouchable(main, view)
  }

  read(item: Item | BrokenItem, key: string): PageItem {
    const facts = item.id === null ? null : itemFacts(item.id)
    const readings = facts?.readings.map(({ name, holds }) => ({ name, holds })) ?? []
    const known = {
      key,
      holds: facts && readings.map(({ holds }) => holds).join('; or '),
      readings: readings.length > 1 ? readings : [],
      tell: facts?.tell ?? null,
      aliases: facts?.aliases.map(({ name }) => name) ?? [],
    }
    return { ...listedItem(item), ...known, ...this.#content(item) }
  }

  #content(item: Item | BrokenItem) {
    if (item.error !== null || this.#isHidden(item)) return unread
    try {
      const bytes = item.read()
      const kept = bytes.subarray(0, Math.min(MOST_BYTES, this.#left))
      this.#left -= kept.length
      const parts = takenApart(item, bytes)
      const masked = maskedFields(parts.value, parts.fields, bytes)
      return {
        ...parts,
        masked: masked.map(({ path }) => path),
        bytes: blanked(kept, masked).toString('base64'),
        cut: kept.length < bytes.length,
      }
    } catch (error) {
      return { ...unread, undecoded: problemOf(error) }
    }
  }

  /** Broken heaps have items in what only others may touch. */
  #isHidden({ region, offset, size }: Item): boolean {
    if (region !== this.#main) return false
    return this.#holes.some(
      (hole) => hole.offset < offset + size && offset < hole.offset + hole.size,
    )
  }
}

const unread = {
  ...{ decoder: null, value: null, fields: [], notes: [], undecoded: null },
  ...{ masked: [], bytes: null, cut: false },
}

function takenApart(item: Item, bytes: Buffer) {
  try {
    const { decoder = null, value = null, fields = [], notes = [] } = item.dissect(bytes) ?? {}
    return { decoder, value, fields, notes, undecoded: null }
  } catch (error) {
    return { decoder: null, value: null, fields: [], notes: [], undecoded: problemOf(error) }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof SmemError && error.code !== 'EBADF') return error.message
  throw error
}
