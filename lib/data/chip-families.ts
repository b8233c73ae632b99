// SPDX-License-Identifier: MIT
// Chip families as socinfo numbers them: chips of one family share a die or most of it.

import { chipFamilyNames } from './tables/chip-families.js'

/** `CLARENCE` for 141; null where the family has no public name. */
export function chipFamilyName(family: number): string | null {
  return chipFamilyNames[family] ?? null
}
