// SPDX-License-Identifier: MIT
// Whole processes against a node that does nothing: how long they last, how long they keep processors busy, and how
// large they become. Measured from outside, by a small C program; without a compiler there are none.

import { fileURLToPath } from 'node:url'
import type { Contest, Suite, Unit } from './contest.js'
import type { Effort } from './effort.js'
import type { Goal } from './goals.js'
import { Peer } from './rivals/peer.js'

type Figure = 'wall' | 'cpu' | 'peak'

export interface Life {
  readonly name: string
  /** Of qcom-smem. */
  readonly args: readonly string[]
  /** `NAME=value` each. */
  readonly environment?: readonly string[]
  /** What is measured; null without a goal. */
  readonly figures: Readonly<Partial<Record<Figure, Goal | null>>>
}

const figures: Record<Figure, { readonly says: string; readonly unit: Unit }> = {
  wall: { says: '', unit: 'ns' },
  cpu: { says: ', processor time', unit: 'ns' },
  peak: { says: ', largest in memory', unit: 'bytes' },
}

/** This file is build/ts/bench/lives.js. */
const program = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

/** `close` is for what the processes need. */
export function livesSuite(effort: Effort, lives: readonly Life[], close: () => void): Suite {
  const bare = Peer.life([...effort.node, '-e', '0'])
  const peers = lives.map(({ args, environment }) => {
    const prefix = environment === undefined ? [] : ['env', ...environment]
    return Peer.life([...prefix, ...effort.node, program, ...args])
  })
  return {
    contests: lives.flatMap((life, i) => contestsOf(life, effort.lives, peers[i]!, bare)),
    close() {
      for (const peer of [...peers, bare]) peer.close()
      close()
    },
  }
}

function contestsOf({ name, figures: wanted }: Life, rounds: number, peer: Peer, bare: Peer) {
  return (Object.keys(wanted) as Figure[]).flatMap((figure): Contest[] => {
    const { says, unit } = figures[figure]
    const [ours, goal] = [peer.runner(figure), wanted[figure]]
    if (ours === null) return []
    const reference = bare.runner(figure)
    const contest = {
      name: `${name}${says}`,
      against: 'node -e 0',
      unit,
      count: 1,
      rounds,
      warmUp: 2,
    }
    return [{ ...contest, ...(goal ? { goal } : {}), ours, reference }]
  })
}
