// SPDX-License-Identifier: MIT
// Item names as people write and read them, made from the generated tables. What items hold is in item-facts.ts,
// which only those programs load that ask for it.

import { itemAliases } from './tables/item-aliases.js'
import { type ItemRow, itemRows as rows } from './tables/items.js'

export { ItemId } from './tables/item-ids.js'

const PREFIX = 'SMEM_'
const NAMED = 1024

const named: (string | null)[] = []

/**
 * `SMEM_HW_SW_BUILD_ID` for 137; null where no public source names the id.
 * @example
 * ```ts
 * import { itemName } from 'qcom-smem'
 *
 * console.log(itemName(137), itemName(436)) // SMEM_HW_SW_BUILD_ID SMEM_SMP2P_MODEM_BASE+1
 * ```
 */
export function itemName(id: number): string | null {
  const known = named[id]
  if (known !== undefined) return known
  const name = lookUp(id)
  // Ids of corrupt entries are any number: only those near the known ones are worth the room.
  if (Number.isInteger(id) && id >= 0 && id < NAMED) named[id] = name
  return name
}

function lookUp(id: number): string | null {
  const row = rowAt(id)
  return row !== undefined && Number.isInteger(id) && id < row[0] + runLength(row)
    ? nameIn(row, id)
    : null
}

/**
 * The id of a name or of another name of the same id, in any case, with or without the SMEM_ prefix.
 * @example
 * ```ts
 * import { itemByName } from 'qcom-smem'
 *
 * console.log(itemByName('hw_sw_build_id'), itemByName('SMEM_NOBODY')) // 137 null
 * ```
 */
export function itemByName(name: string): number | null {
  const upper = name.toUpperCase()
  return idsByName().get(upper) ?? idsByName().get(PREFIX + upper) ?? null
}

/** Every known id with its name, by id. */
export function knownItems(): { id: number; name: string }[] {
  return rows.flatMap((row) =>
    Array.from({ length: runLength(row) }, (_, i) => ({
      id: row[0] + i,
      name: nameIn(row, row[0] + i),
    })),
  )
}

/** Every name that `itemByName` knows, for suggestions. */
export function itemNames(): string[] {
  return [...idsByName().keys()]
}

/** With the prefix that a few of the names in the lists have already. */
export function fullName(name: string): string {
  return name.startsWith(PREFIX) ? name : PREFIX + name
}

/** The last row that begins at or before `id`. */
function rowAt(id: number): ItemRow | undefined {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rows[middle]![0] <= id) low = middle + 1
    else high = middle
  }
  return rows[low - 1]
}

function runLength([, , , count]: ItemRow): number {
  return count ?? 1
}

function nameIn([first, name, index]: ItemRow, id: number): string {
  return index === undefined ? fullName(name) : `${fullName(name)}+${index + id - first}`
}

let ids: Map<string, number> | undefined

/** Made when the first name is looked up: most programs start without ever doing that. */
function idsByName(): Map<string, number> {
  if (ids === undefined) {
    ids = new Map(knownItems().map(({ id, name }) => [name, id]))
    // The bare name of a run means its first id, as in the kernel's enumerations.
    for (const [first, name, index] of rows) if (index === 0) ids.set(fullName(name), first)
    for (const [id, name] of aliases()) if (!ids.has(name)) ids.set(name, id)
  }
  return ids
}

/** A name of one list may be another id's name in the rest; the rest wins. */
function* aliases(): Generator<[id: number, name: string]> {
  for (const [first, alias, count] of itemAliases) {
    const name = fullName(alias)
    yield [first, name]
    for (let index = 0; index < (count ?? 0); index++) yield [first + index, `${name}+${index}`]
  }
}
