// SPDX-License-Identifier: MIT
// A private partition that fills up: one lookup, a listing of what is known, and the first listing.

import type { Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { lookingUp, Partition } from '../partition.js'
import { listings } from './listings.js'

const LOOKUPS = 2048

export function itemsGrowth(items: number, effort: Effort): Suite {
  const partition = new Partition(items)
  const { smem, terrain, c } = partition
  const listed = listings({ smem, terrain, items }, effort)
  return {
    contests: [
      {
        name: 'get(id, { host })',
        against: 'walk in C',
        count: LOOKUPS,
        rounds: effort.growthRounds,
        agree: true,
        ours: lookingUp(partition),
        reference: c.runner('private'),
      },
      ...listed.contests,
    ],
    close() {
      listed.close()
      partition.close()
    },
  }
}
