// SPDX-License-Identifier: MIT
// What is known of an item beyond its name: what it holds, who says so, what else it is called, and for an id that
// two generations of firmware use for different things, both readings and how to tell them apart.

import { fullName, itemName, knownItems } from './item-names.js'
import type { AliasRow, ItemFactRow } from './item-rows.js'
import { itemAliasRows, itemConflictRows, itemFactRows, itemLists } from './tables/item-facts.js'

/**
 * One meaning of an item id.
 * @see {@link itemFacts}
 */
export interface Reading {
  readonly name: string
  readonly holds: string
  /** The public lists of items that give the id this meaning. */
  readonly lists: string
}

/**
 * What is known of an item id.
 * @see {@link itemFacts}
 */
export interface ItemFacts {
  readonly id: number
  readonly name: string
  readonly kind: ItemFactRow['kind']
  /** Other names of the same content, and whose they are. */
  readonly aliases: readonly { readonly name: string; readonly lists: string }[]
  /** What the id means, the usual meaning first; more than one where the id is ambiguous. */
  readonly readings: readonly Reading[]
  /** How to know which reading it is; null where there is but one. */
  readonly tell: string | null
  /** Ids that have this item's name in some other list. */
  readonly namesakes: readonly { readonly id: number; readonly lists: string }[]
}

/**
 * What is known of an id; null where no public source names it.
 * @example
 * ```ts
 * import { itemFacts } from 'qcom-smem'
 *
 * const facts = itemFacts(97)
 * for (const { name } of facts?.readings ?? []) console.log(name)
 * // SMEM_SMP2P_CDSP_BASE+3
 * // SMEM_LCD_CUR_PANEL
 * console.log(facts?.tell) // SMP2P begins with the bytes "$SMP"
 * ```
 */
export function itemFacts(id: number): ItemFacts | null {
  const name = itemName(id)
  if (name === null) return null
  const { kind, holds, in: list } = itemFactRows.findLast((row) => row.id <= id)!
  const others = itemAliasRows.filter((row) => covers(row, id))
  const differing = others.filter((row) => row.holds !== undefined)
  return {
    id,
    name,
    kind,
    aliases: others
      .filter((row) => row.holds === undefined)
      .map((row) => ({ name: nameIn(row, id), lists: row.in })),
    readings: [
      { name, holds: withIndex(holds, name), lists: itemLists[list]! },
      ...differing.map((row) => reading(row, id)),
    ],
    tell: itemConflictRows.find((row) => covers(row, id))?.tell ?? null,
    namesakes: itemAliasRows
      .filter((row) => fullName(row.name) === name && !covers(row, id))
      .map((row) => ({ id: row.id, lists: row.in })),
  }
}

/** Of every known id, by id. */
export function allItemFacts(): ItemFacts[] {
  return knownItems().map(({ id }) => itemFacts(id)!)
}

function covers({ id, count = 1 }: { id: number; count?: number }, wanted: number): boolean {
  return id <= wanted && wanted < id + count
}

function reading(row: AliasRow, id: number): Reading {
  const name = nameIn(row, id)
  return { name, holds: withIndex(row.holds!, name), lists: row.in }
}

/** What one item of a run holds: `SMD channel # of item 13` for `SMEM_SMD_BASE_ID+3`. */
function withIndex(holds: string, name: string): string {
  return holds.replace('#', /\+(\d+)$/.exec(name)?.[1] ?? '')
}

function nameIn({ id: first, name, count }: AliasRow, id: number): string {
  return count === undefined ? fullName(name) : `${fullName(name)}+${id - first}`
}
