// SPDX-License-Identifier: MIT
// The plan: what it takes, how it is encoded for native code, and how it is executed.

import assert from 'node:assert/strict'
import { BytesPort } from '#lib/port/bytes.js'
import { Plan } from '#lib/port/plan.js'
import { execute } from './executor.js'

describe('a plan', () => {
  it('is encoded as its counts, pairs of guards and triples of steps', () => {
    const plan = new Plan()
    plan.guard(8, 0xffffffff)
    plan.guard(0, 1)
    plan.clear(0x40, 3)
    plan.store(12, 0x80000000)
    plan.fence('store')
    plan.fence('full')
    assert.deepEqual(
      [...plan.encode()],
      [2, 4, 8, 0xffffffff, 0, 1, 3, 0x40, 3, 0, 12, 0x80000000, 1, 0, 0, 2, 0, 0],
    )
  })

  it('is encoded over what was in a scratch, where that is long enough', () => {
    const plan = new Plan()
    plan.fence('full')
    plan.store(4, 7)
    const encoded = [0, 2, 2, 0, 0, 0, 4, 7]
    const scratch = new Uint32Array(9).fill(9)
    assert.deepEqual([...plan.encode(scratch)], encoded)
    assert.deepEqual([...scratch], [...encoded, 9])
    assert.deepEqual([...plan.encode(scratch.subarray(2))], encoded)
  })

  it('may be empty', () => {
    assert.deepEqual([...new Plan().encode()], [0, 0])
  })

  it('refuses offsets that are no words, and values that do not fit in one', () => {
    const plan = new Plan()
    for (const offset of [-4, 2, 4.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => plan.guard(offset, 0), { code: 'EINVAL' }, `guard ${offset}`)
      assert.throws(() => plan.store(offset, 0), { code: 'EINVAL' }, `store ${offset}`)
      assert.throws(() => plan.clear(offset, 1), { code: 'EINVAL' }, `clear ${offset}`)
    }
    for (const value of [-1, 0.5, 2 ** 32, Number.NaN]) {
      assert.throws(() => plan.guard(0, value), { code: 'EINVAL' }, `guard ${value}`)
      assert.throws(() => plan.store(0, value), { code: 'EINVAL' }, `store ${value}`)
      assert.throws(() => plan.clear(0, value), { code: 'EINVAL' }, `clear ${value}`)
    }
    assert.deepEqual([plan.guards, plan.steps], [[], []])
  })

  it('stores nothing where a guard does not hold', () => {
    const port = new BytesPort(new Uint8Array(16), { writable: true })
    const plan = new Plan()
    plan.guard(0, 0)
    plan.guard(4, 7)
    plan.store(8, 1)
    assert.equal(execute(plan, port), false)
    assert.equal(port.read32(8), 0)
    port.write32(4, 7)
    assert.equal(execute(plan, port), true)
    assert.equal(port.read32(8), 1)
  })
})
