// SPDX-License-Identifier: MIT
// Item names as people write and read them, made from the table in items.ts.

import { type ItemRow, itemRows } from './items.js'

const PREFIX = 'SMEM_'
const names = new Map<number, string>()
const ids = new Map<string, number>()

for (const [first, name, index, count] of itemRows as readonly ItemRow[]) {
  const shown = name.startsWith(PREFIX) ? name : PREFIX + name
  for (let i = 0; i < (count ?? 1); i++) {
    const full = index === undefined ? shown : `${shown}+${index + i}`
    names.set(first + i, full)
    ids.set(full, first + i)
  }
  // The bare name of a run means its first id, as in the kernel's enumerations.
  if (index === 0) ids.set(shown, first)
}

type PlainName<R> = R extends readonly [number, infer N extends string] ? N : never
type RunName<R> = R extends readonly [number, infer N extends string, 0, number] ? N : never
type IdName = PlainName<(typeof itemRows)[number]> | RunName<(typeof itemRows)[number]>

/** Item ids by their name without index: `ItemId.HW_SW_BUILD_ID` is 137; a run's name is its first id. */
export const ItemId = Object.fromEntries(
  (itemRows as readonly ItemRow[])
    .filter(([, , index]) => index === undefined || index === 0)
    .map(([id, name]) => [name, id]),
) as { readonly [K in IdName]: number }

/** `SMEM_HW_SW_BUILD_ID` for 137; null where no public source names the id. */
export function itemName(id: number): string | null {
  return names.get(id) ?? null
}

/** The id of a name, in any case, with or without the SMEM_ prefix. */
export function itemByName(name: string): number | null {
  const upper = name.toUpperCase()
  return ids.get(upper) ?? ids.get(PREFIX + upper) ?? null
}

/** Every known id with its name, by id. */
export function knownItems(): { id: number; name: string }[] {
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.id - b.id)
}

/** Every name that `itemByName` knows, for suggestions. */
export function itemNames(): string[] {
  return [...ids.keys()]
}
