// SPDX-License-Identifier: MIT
// Item names as people write and read them, made from the table in items.ts.

import { type ItemRow, itemRows } from './items.js'

const PREFIX = 'SMEM_'
/** In the order of their ids, and no two overlap. */
const rows: readonly ItemRow[] = itemRows

type PlainName<R> = R extends readonly [number, infer N extends string] ? N : never
type RunName<R> = R extends readonly [number, infer N extends string, 0, number] ? N : never
type IdName = PlainName<(typeof itemRows)[number]> | RunName<(typeof itemRows)[number]>

/** Item ids by their name without index: `ItemId.HW_SW_BUILD_ID` is 137; a run's name is its first id. */
export const ItemId = Object.fromEntries(
  rows.filter(([, , index]) => index === undefined || index === 0).map(([id, name]) => [name, id]),
) as { readonly [K in IdName]: number }

/** `SMEM_HW_SW_BUILD_ID` for 137; null where no public source names the id. */
export function itemName(id: number): string | null {
  const row = rowAt(id)
  return row !== undefined && Number.isInteger(id) && id < row[0] + runLength(row)
    ? nameIn(row, id)
    : null
}

/** The id of a name, in any case, with or without the SMEM_ prefix. */
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

function fullName(name: string): string {
  return name.startsWith(PREFIX) ? name : PREFIX + name
}

let ids: Map<string, number> | undefined

/** Made when the first name is looked up: most programs start without ever doing that. */
function idsByName(): Map<string, number> {
  if (ids === undefined) {
    ids = new Map(knownItems().map(({ id, name }) => [name, id]))
    // The bare name of a run means its first id, as in the kernel's enumerations.
    for (const [first, name, index] of rows) if (index === 0) ids.set(fullName(name), first)
  }
  return ids
}
