// SPDX-License-Identifier: MIT
// What the live page costs while somebody looks: one look at the memory, with all that viewers are told of it. At ten
// looks a second, 5 ms each are 5 % of a processor.

import { Feed, type Message } from '#lib/inspect/live/feed.js'
import { Smem } from '#lib/smem.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { type Contest, type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { crowded } from './report.js'

interface Stage {
  readonly name: string
  readonly what: string | ImageDescription
  /** Items that change before each look. */
  readonly changing: number
}

const stages: readonly Stage[] = [
  { name: 'look at sdm845, nothing new', what: 'sdm845', changing: 0 },
  { name: 'look at sdm845, 5 items changed', what: 'sdm845', changing: 5 },
  { name: 'look at 1000 items, nothing new', what: crowded(), changing: 0 },
  { name: 'look at 1000 items, 20 changed', what: crowded(), changing: 20 },
]

export function livePageSuite({ rounds }: Effort): Suite {
  const set = stages.map((stage) => play(stage, rounds))
  return {
    contests: set.map(({ contest }) => contest),
    close: () => {
      for (const { close } of set) close()
    },
  }
}

function play({ name, what, changing }: Stage, rounds: number) {
  const soc = FakeSoc.create(what)
  const source = { source: `fake:${soc.path}` }
  let told = 0
  const tell = (message: Message) => {
    told += 'data' in message ? message.data.length : 1
  }
  const feed = new Feed({ source, tool: { name: 'qcom-smem', version: '0' }, tell })
  const smem = Smem.open(source)
  const sampler = smem.sampler()
  const items = smem.items().filter(({ error, size }) => error === null && size! >= 8)
  const changed = items.slice(0, changing)
  let time = 0
  const change = () => {
    time++
    for (const { address } of changed) soc.patch32(address!, time)
  }
  for (const look of [() => feed.look(), () => sampler.sample()]) look()
  const looking = (look: () => void) =>
    timed((count) => {
      for (let i = 0; i < count; i++) {
        change()
        look()
      }
      return told
    })
  const contest: Contest = {
    name,
    against: 'a sample of it',
    goal: goals.look,
    count: 2,
    rounds,
    ours: looking(() => feed.look()),
    reference: looking(() => sampler.sample()),
  }
  return {
    contest,
    close: () => {
      feed.close()
      smem.close()
      soc.close()
    },
  }
}
