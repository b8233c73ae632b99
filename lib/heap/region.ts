// SPDX-License-Identifier: MIT
// A region is a contiguous physical range that holds items. Region 0 is main SMEM; the others are
// auxiliary, in practice the RPM's message RAM.

import { AUX_BASE_MASK } from '../layout/header.js'
import type { MemoryPort } from '../port/port.js'

/**
 * Memory that holds items.
 * @see {@link Source}
 */
export interface Region {
  readonly kind: 'main' | 'aux'
  readonly port: MemoryPort
}

/**
 * Main SMEM first, then the auxiliary regions in the order in which they are matched.
 * @see {@link Source}
 */
export type Regions = readonly [main: Region, ...auxiliary: Region[]]

/**
 * The region that a TOC's aux_base selects: 0 is region 0, anything else the first region whose base has
 * the same low 32 bits. null where none has. Source: Linux qcom_smem_get_global().
 */
export function selectRegion(regions: Regions, auxBase: number): Region | null {
  const selector = (auxBase & AUX_BASE_MASK) >>> 0
  if (selector === 0) return regions[0]
  // A loop, because every lookup comes through here.
  for (const region of regions) if (region.port.base % 2 ** 32 === selector) return region
  return null
}
