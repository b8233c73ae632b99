// SPDX-License-Identifier: MIT
// Names beside numbers: a decoded value keeps the number that lies in memory, and has its name next to it, null
// where no public source names it.

import type { Decoded } from './decoder.js'

export type Names = Readonly<Record<number, string>>

/** `{ type: 1 }` becomes `{ type: 1, typeName: 'system memory' }` where `tables` names the values of `type`. */
export function withNames(
  values: Readonly<Record<string, Decoded>>,
  tables: Readonly<Record<string, Names>>,
): Record<string, Decoded> {
  const named: Record<string, Decoded> = {}
  for (const [field, value] of Object.entries(values)) {
    named[field] = value
    const names = tables[field]
    if (names !== undefined) named[`${field}Name`] = names[value as number] ?? null
  }
  return named
}
