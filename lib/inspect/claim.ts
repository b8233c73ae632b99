// SPDX-License-Identifier: MIT
// A claim that is held, as data.

import { itemName } from '../data/item-names.js'
import type { ClaimedItem } from '../lock/claim.js'
import type { Source } from '../source/source.js'

export interface HeldClaim {
  readonly schema: 'qcom-smem/claim@1'
  readonly item: number
  readonly name: string | null
  readonly host: number | null
  /** The lock file that keeps it. */
  readonly file: string
  readonly pid: number
}

export function claimReport({ lockFile }: Source, { id, host }: ClaimedItem): HeldClaim {
  const { pid } = process
  const file = lockFile!.path
  return { schema: 'qcom-smem/claim@1', item: id, name: itemName(id), host, file, pid }
}
