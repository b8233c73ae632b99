// SPDX-License-Identifier: MIT
// How contests are judged, and shown.

import assert from 'node:assert/strict'
import { styleFor } from '#lib/cli/render/style.js'
import { type Contest, measure, median } from '../../bench/contest.js'
import type { Goal } from '../../bench/goals.js'
import { amount, table } from '../../bench/table.js'

const fixed = (spent: number, sum: number) => () => ({ spent, sum })
const contest: Contest = {
  name: 'ours',
  against: 'theirs',
  count: 2,
  rounds: 5,
  warmUp: 0,
  ours: fixed(300, 1),
  reference: fixed(100, 1),
}
const goal = (by: Goal['by'], limit: number): Goal => ({ by, limit, says: 'so much' })
const met = async (goal: Goal, reference = contest.reference) =>
  (await measure({ ...contest, goal, reference })).met

describe('contest', () => {
  it('tells the time of one, and the ratio', async () => {
    const { ours, reference, ratio, met } = await measure(contest)
    assert.deepEqual(
      { ours, reference, ratio, met },
      { ours: 150, reference: 50, ratio: 3, met: null },
    )
  })

  it('is judged by the ratio, by the time of one, or by what is more', async () => {
    assert.equal(await met(goal('ratio', 3)), true)
    assert.equal(await met(goal('ratio', 2.9)), false)
    assert.equal(await met(goal('each', 150)), true)
    assert.equal(await met(goal('each', 149)), false)
    assert.equal(await met(goal('above', 100)), true)
    assert.equal(await met(goal('above', 99)), false)
  })

  it('is judged alone, without its rival, only by the time of one', async () => {
    assert.equal(await met(goal('each', 150), null), true)
    assert.equal(await met(goal('ratio', 3), null), null)
    assert.equal(await met(goal('above', 100), null), null)
  })

  it('refuses to compare different work', async () => {
    await assert.rejects(
      measure({ ...contest, agree: true, reference: fixed(100, 2) }),
      /1 came out, 2 of the theirs/,
    )
  })

  it('warms up in rounds that do not count', async () => {
    let rounds = 0
    const ours = () => ({ spent: rounds++ < 10 ? 1000 : 10, sum: 0 })
    const { warmUp: _, ...cold } = contest
    const result = await measure({ ...cold, count: 1, rounds: 2, ours })
    assert.deepEqual([rounds, result.ours], [12, 10])
  })

  it('takes the median of an even number too', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5)
    assert.equal(median([3, 1, 2]), 2)
  })

  it('is shown with its goal, and whether that is met', async () => {
    const goals = [goal('ratio', 2), goal('above', 200), goal('each', 150)]
    const results = await Promise.all(goals.map((goal) => measure({ ...contest, goal })))
    const alone = await measure({ ...contest, goal: goals[0]!, reference: null })
    const shown = table([...results, alone], styleFor(false, {})).split('\n')
    assert.match(shown[0]!, /^WHAT +AGAINST +OURS +THEIRS +RATIO +GOAL +MET$/)
    assert.match(shown[1]!, /^ours +theirs +150 ns +50 ns +3\.00x +<= 2\.00x +NO$/)
    assert.match(shown[2]!, / 3\.00x +<= theirs \+ 200 ns +yes$/)
    assert.match(shown[3]!, / <= 150 ns +yes$/)
    assert.match(shown[4]!, / 150 ns +- +- +<= 2\.00x +\?$/)
  })

  it('writes amounts with three digits and the unit that fits', () => {
    const written = [0.5, 9.87654, 1234, 45_678_901, 2e9].map((value) => amount(value, 'ns'))
    assert.deepEqual(written, ['0.5 ns', '9.88 ns', '1.23 us', '45.7 ms', '2 s'])
    assert.equal(amount(41_299_968, 'bytes'), '41.3 MB')
    assert.equal(amount(0.0231, 'share'), '2.31 %')
  })
})
