// SPDX-License-Identifier: MIT
// A private partition: C walks it for each lookup as the kernel does, the library remembers its walk.

import type { Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { lookingUp, Partition } from '../partition.js'

const [FEW, MANY] = [20, 2000] as const
/** So many that those of a round which are seen for the first time do not count. */
const LOOKUPS = 2048

export function partitionSuite({ rounds }: Effort): Suite {
  const [few, many] = [new Partition(FEW), new Partition(MANY)]
  const name = `get(id, { host }), one of ${MANY}`
  const round = { count: LOOKUPS, rounds }
  return {
    contests: [
      {
        ...round,
        name,
        against: 'walk in C',
        goal: goals.privateGet,
        agree: true,
        ours: lookingUp(many),
        reference: many.c.runner('private'),
      },
      {
        ...round,
        name,
        against: `one of ${FEW}`,
        goal: goals.privateGrowth,
        ours: lookingUp(many),
        reference: lookingUp(few),
      },
    ],
    close() {
      few.close()
      many.close()
    },
  }
}
