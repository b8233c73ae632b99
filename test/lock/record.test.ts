// SPDX-License-Identifier: MIT
// The page of the lock file: what native code writes, lib/lock reads.

import assert from 'node:assert/strict'
import { HeapLock } from '#lib/lock/heap-lock.js'
import { processStart } from '#lib/lock/identity.js'
import { bucketEnd, HOLD_BUCKETS, quantile, RECORD_SIZE, readRecord } from '#lib/lock/record.js'
import { Plan } from '#lib/port/plan.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { APPLYING, leave, pokePage, WAITING, Word } from './page.js'

/** What a bucket starts at: the end of the one before. */
const bucketStart = (bucket: number) => (bucket === 0 ? 0 : bucketEnd(bucket - 1))

function recordOf(soc: FakeSoc) {
  const { position } = soc.lockPlaces.file
  return readRecord({ fd: soc.fd, position })
}

describe('the histogram of holds', () => {
  it('has a bucket for each of 0 to 7, then four for each power of two', () => {
    const ends = Array.from({ length: 20 }, (_, bucket) => bucketEnd(bucket))
    assert.deepEqual(ends, [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64])
    // The longest hold that 32 bits can say falls into one that there is.
    assert.equal(bucketEnd(123), 2 ** 32)
    assert.ok(HOLD_BUCKETS > 123)
  })

  it('is filled by native code as it is read here', () => {
    using soc = FakeSoc.create()
    const lock = new HeapLock(soc.lockPlaces)
    let before = new Array<number>(HOLD_BUCKETS).fill(0)
    const seen = new Set<number>()
    for (let round = 1; round <= 300; round++) {
      // Longer from round to round, so that several buckets are met.
      const plan = new Plan()
      plan.clear(0x8000, round * 20)
      const { hold } = lock.commit(() => plan)
      const { holds, acquisitions, longestHold } = recordOf(soc)!
      const [bucket, ...others] = holds.flatMap((count, i) => (count === before[i] ? [] : i))
      assert.deepEqual(others, [])
      assert.ok(hold >= bucketStart(bucket!) && hold < bucketEnd(bucket!), `${hold} in ${bucket}`)
      assert.equal(acquisitions, round)
      assert.ok(longestHold >= hold)
      seen.add(bucket!)
      before = [...holds]
    }
    assert.ok(seen.size > 3)
    lock.close()
  })

  it('gives quantiles by the end of their bucket', () => {
    const holds = new Array<number>(HOLD_BUCKETS).fill(0)
    assert.equal(quantile(holds, 0.5), null)
    holds[10] = 98
    holds[20] = 1
    holds[30] = 1
    assert.equal(quantile(holds, 0), bucketEnd(10))
    assert.equal(quantile(holds, 0.5), bucketEnd(10))
    assert.equal(quantile(holds, 0.98), bucketEnd(10))
    assert.equal(quantile(holds, 0.99), bucketEnd(20))
    assert.equal(quantile(holds, 1), bucketEnd(30))
  })
})

describe('the record', () => {
  it('is none before anybody has used it, nor one of another version', () => {
    using soc = FakeSoc.create()
    assert.equal(recordOf(soc), null)
    new HeapLock(soc.lockPlaces).commit(() => new Plan())
    assert.equal(recordOf(soc)?.intent, null)
    pokePage(soc, Word.LAYOUT, 2)
    assert.equal(recordOf(soc), null)
  })

  it('says who had announced what when it died', () => {
    const steps = new Plan()
    steps.store(0x8000, 1)
    steps.fence('store')
    for (const [intent, state] of [
      [WAITING, 'waiting'],
      [APPLYING, 'applying'],
    ] as const) {
      using soc = FakeSoc.create()
      leave(soc, { intent, owner: 240, register: 240, steps, progress: 1 })
      const said = recordOf(soc)!.intent!
      assert.deepEqual([said.state, said.owner, said.steps, said.progress], [state, 240, 2, 1])
      assert.deepEqual(said.process, { pid: process.pid, start: processStart(process.pid) })
      assert.ok(said.age >= 0 && said.age < 60_000)
    }
  })

  it('has the size of the native one', () => {
    assert.equal(RECORD_SIZE, 0xe80)
  })
})
