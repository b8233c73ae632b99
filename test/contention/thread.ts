// SPDX-License-Identifier: MIT
// One of our contenders, a worker thread: allocates as fast as it can, in a SoC that others allocate in.

import { parentPort, workerData } from 'node:worker_threads'
import { SmemError } from '#lib/errors.js'
import { Smem } from '#lib/smem.js'
import { Random } from '#lib/testing/remote/random.js'
import type { Arena } from './arena.js'
import { clock, EventLog } from './event.js'
import type { Answer, Call } from './messages.js'

const { thread } = workerData as { thread: number }

/** Share of the requests that ask for what others ask for at this moment. */
const RIVALRY = 0.1
/** How many ids they have to choose from. */
const RIVALS = 32
/** After so many refusals in a row there is nothing left to get. */
const ENOUGH = 300

let entered: { readonly smem: Smem; readonly arena: Arena; readonly random: Random } | null = null

function enter({ path, arena, seed }: Extract<Call, { call: 'enter' }>): Answer {
  const smem = Smem.open({ source: `fake:${path}`, writable: true, lockTimeout: 5000 })
  entered = { smem, arena, random: new Random(seed * 64 + thread) }
  return { thread }
}

function fight(): Answer {
  const { smem, arena, random } = entered!
  const log = new EventLog()
  const [first, last] = arena.ids
  const end = clock() + arena.length
  let refusals = 0
  for (let begun = clock(); begun < end && refusals < ENOUGH; ) {
    const moment = (Math.floor(begun) * RIVALS) % (last - first + 1 - RIVALS)
    const id = random.chance(RIVALRY)
      ? first + moment + random.within([0, RIVALS - 1])
      : random.within(arena.ids)
    const size = random.within(arena.sizes)
    const host = random.pick(arena.hosts)
    const cached = host !== null && id >= arena.cachedFrom
    let code = null
    try {
      smem.alloc(id, size, { host: host ?? undefined, cached })
      refusals = 0
    } catch (error) {
      if (!(error instanceof SmemError)) throw error
      code = error.code
      refusals++
    }
    const ended = clock()
    log.add({ id, size, host, cached, begun, ended, code })
    begun = ended
  }
  smem.close()
  return { thread, events: log.packed }
}

parentPort!.on('message', (message: Call) => {
  parentPort!.postMessage(message.call === 'enter' ? enter(message) : fight())
})
