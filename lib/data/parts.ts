// SPDX-License-Identifier: MIT
// Parts of a chip as socinfo counts them: its arrays of what was fused off have one word for each of these.

import { partNames } from './tables/parts.js'

/** `GPU` for 1; null where the part type has no public name. */
export function partName(part: number): string | null {
  return partNames[part] ?? null
}
