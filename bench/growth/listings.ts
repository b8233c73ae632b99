// SPDX-License-Identifier: MIT
// Listing all items of all partitions: again, when they are known, and for the first time.

import { Smem } from '#lib/smem.js'
import { type Runner, type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { Peer, type Terrain } from '../rivals/peer.js'

export interface Listed {
  readonly smem: Smem
  readonly terrain: Terrain
  /** How many there are. */
  readonly items: number
}

/** Items that are listed in a round, in all: then rounds are of much the same length. */
const KNOWN = 50_000
const FRESH = 2000
const SLOW = 5000

export function listings({ smem, terrain, items }: Listed, effort: Effort): Suite {
  const [c, python, mmapIo] = [Peer.c(terrain), Peer.python(terrain), Peer.mmapIo(terrain)]
  const times = (all: number) => Math.ceil(all / items)
  const round = { rounds: effort.growthRounds, agree: true }
  const again = { ...round, name: 'items(), again', ours: timed((count) => list(smem, count)) }
  return {
    contests: [
      { ...again, against: 'walk in C', count: times(KNOWN), reference: c.runner('all') },
      { ...again, against: 'python3', count: times(SLOW), reference: python.runner('all') },
      { ...again, against: 'mmap-io', count: times(SLOW), reference: mmapIo.runner('all') },
      {
        ...round,
        name: 'items(), for the first time',
        against: 'walk in C',
        count: times(FRESH),
        ours: listingAfresh(smem),
        reference: c.runner('all'),
      },
    ],
    close() {
      for (const peer of [c, python, mmapIo]) peer.close()
    },
  }
}

function list(smem: Smem, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    for (const item of smem.items()) sum += item.size!
  }
  return sum
}

/** Each time by an object that knows nothing yet. */
function listingAfresh(smem: Smem): Runner {
  return timed((count) => {
    let sum = 0
    for (let i = 0; i < count; i++) sum += list(Smem.over(smem.source), 1)
    return sum
  })
}
