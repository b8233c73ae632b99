// SPDX-License-Identifier: MIT
// The mutex word alone, taken and released at once, as those do who play another processor; and what of that is
// native work: without what any call into the native module costs.

import { LockWord } from '#lib/lock/word.js'
import type { MemoryPort } from '#lib/port/port.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { type Outcome, type Runner, type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { Peer } from '../rivals/peer.js'

const OWNER = 251
/** Taking is one call, releasing another. */
const CALLS = 2

export function mutexSuite({ rounds }: Effort): Suite {
  const soc = FakeSoc.create('msm8916')
  const { mutex } = soc.lockPlaces
  const word = new LockWord(mutex, mutex.address)
  const c = Peer.c({ soc })
  const pairs = timed((count) => takeAndGive(word, count))
  const { bank } = soc
  const looks = timed((count) => look(bank, mutex.address - bank.base, count))
  return {
    contests: [
      {
        name: 'tryLock and unlock',
        against: 'the same in C',
        count: 5000,
        rounds,
        agree: true,
        ours: pairs,
        reference: c.runner('pair'),
      },
      {
        name: 'tryLock and unlock, native work of a call',
        against: 'half a pair in C',
        goal: goals.mutexCall,
        count: 5000,
        rounds,
        ours: nativeWork(pairs, looks),
        reference: scaled(c.runner('pair'), 1 / CALLS),
      },
    ],
    close() {
      c.close()
      word.close()
      soc.close()
    },
  }
}

function takeAndGive(word: LockWord, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    if (word.tryLock(OWNER)) sum++
    if (word.unlock(OWNER)) sum++
  }
  return sum
}

/** A call with an argument and a result that has nothing to do: one plain load of the same word. */
function look(bank: MemoryPort, offset: number, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += bank.read32(offset)
  return sum
}

/** Of one call of a pair: less what a look costs. Rounds in which the machine was busy may make that nothing. */
function nativeWork(pairs: Runner, looks: Runner): Runner {
  return async (count): Promise<Outcome> => {
    const pair = await pairs(count)
    const look = await looks(count)
    return { spent: Math.max(count, pair.spent / CALLS - look.spent), sum: pair.sum }
  }
}

function scaled(runner: Runner | null, factor: number): Runner | null {
  if (runner === null) return null
  return async (count) => {
    const { spent, sum } = await runner(count)
    return { spent: spent * factor, sum }
  }
}
