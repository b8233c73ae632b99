// SPDX-License-Identifier: MIT
// The benchmarks run, and both sides of them compute the same. How fast anything is, is not asked here.

import assert from 'node:assert/strict'
import { measure, type Suite } from '../../bench/contest.js'
import type { Effort } from '../../bench/effort.js'
import { isHere } from '../../bench/rivals/rivals.js'
import { chapters, growths } from '../../bench/suites.js'
import { nodeCommand } from '../node.js'

const glance: Effort = {
  rounds: 1,
  growthRounds: 1,
  lives: 1,
  slowRounds: 1,
  fullDump: 2 ** 23,
  sparseDump: 2 ** 26,
  warmUpSeconds: 0,
  seconds: 0.1,
  node: nodeCommand(),
}

/** Rounds of a few times, without a warm-up. */
async function seen(making: Suite | Promise<Suite>): Promise<void> {
  const suite = await making
  try {
    assert.ok(suite.contests.length > 0)
    for (const contest of suite.contests) {
      const count = Math.min(contest.count, 8)
      const result = await measure({ ...contest, count, rounds: 1, warmUp: 0 })
      assert.ok(result.ours > 0, contest.name)
      if (contest.reference === null) assert.equal(result.ratio, null)
      else assert.ok(result.reference! > 0 && result.ratio! > 0, contest.name)
    }
  } finally {
    suite.close()
  }
}

describe('benchmarks', function () {
  // A process for each word takes its time.
  this.timeout(120_000)

  it('have C to be held against', () => {
    assert.ok(isHere('C'))
  })

  for (const { name, suite } of chapters) {
    it(`run: ${name}`, () => seen(suite(glance)))
  }

  for (const { name, sizes, suite } of growths) {
    it(`grow: ${name}`, async () => {
      for (const size of [sizes[0]!, sizes.at(-1)!]) await seen(suite(size, glance))
    })
  }
})
