// SPDX-License-Identifier: MIT
// The benchmarks run, and both sides of them compute the same. How fast anything is, is not asked here.

import assert from 'node:assert/strict'
import { styleFor } from '#lib/cli/render/style.js'
import { allocSuite } from '../../bench/alloc.js'
import { type Contest, measure, median, type Suite } from '../../bench/contest.js'
import { copySuite } from '../../bench/copy.js'
import { dumpSuite } from '../../bench/dump.js'
import { metricsSuite } from '../../bench/metrics.js'
import { mutexSuite } from '../../bench/mutex.js'
import { partitionSuite } from '../../bench/partition.js'
import { reportSuite } from '../../bench/report.js'
import { serveSuite } from '../../bench/serve.js'
import { startSuite } from '../../bench/start.js'
import { table } from '../../bench/table.js'
import { tocSuite } from '../../bench/toc.js'
import { nodeCommand } from '../node.js'

const suites: Record<string, () => Suite | Promise<Suite>> = {
  'global heap': () => tocSuite(1),
  copies: () => copySuite(1),
  'private partition': () => partitionSuite(200, 1),
  allocation: () => allocSuite(1),
  mutex: () => mutexSuite(1),
  metrics: () => metricsSuite(1),
  'the live page': () => serveSuite(1),
  dumps: () => dumpSuite(1, { full: 2 ** 23, sparse: 2 ** 26 }, nodeCommand()),
  reports: () => reportSuite(1, nodeCommand()),
  'whole processes': () => startSuite(1, nodeCommand()),
}

describe('benchmarks', () => {
  for (const [name, make] of Object.entries(suites)) {
    it(`run: ${name}`, async () => {
      const suite = await make()
      try {
        for (const contest of suite.contests) {
          const result = await measure({ ...contest, count: Math.min(contest.count, 8) }, 0)
          assert.ok(result.ours > 0 && result.reference > 0 && result.ratio > 0, contest.name)
          assert.equal(result.met === null, contest.goal === undefined)
        }
      } finally {
        suite.close()
      }
    })
  }

  const fixed = (ns: number, sum: number) => () => ({ ns, sum })
  const contest: Contest = {
    name: 'ours',
    against: 'theirs',
    count: 2,
    rounds: 5,
    ours: fixed(300, 1),
    reference: fixed(100, 1),
  }

  it('judge by the ratio, or by the time of one', async () => {
    const judged = async (goal: Contest['goal']) => measure({ ...contest, goal: goal! })
    assert.deepEqual(await judged({ ratio: 3 }), {
      name: 'ours',
      against: 'theirs',
      ours: 150,
      reference: 50,
      ratio: 3,
      goal: { ratio: 3 },
      met: true,
    })
    assert.equal((await judged({ ratio: 2.9 })).met, false)
    assert.equal((await judged({ ns: 150 })).met, true)
    assert.equal((await judged({ ns: 149 })).met, false)
  })

  it('refuse to compare different work', async () => {
    await assert.rejects(
      measure({ ...contest, agree: true, reference: fixed(100, 2) }),
      /1 came out, 2 of the theirs/,
    )
  })

  it('take the median of an even number too', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5)
    assert.equal(median([3, 1, 2]), 2)
  })

  it('show the goals and whether they are met', async () => {
    const shown = table([await measure({ ...contest, goal: { ratio: 2 } })], styleFor(false, {}))
    assert.match(shown, /^WHAT +AGAINST +OURS +REFERENCE +RATIO +GOAL +MET\n/)
    assert.match(shown, /ours +theirs +150\.0 ns +50\.0 ns +3\.00x +<= 2\.00x +NO\n$/)
  })
})
