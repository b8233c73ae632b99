// SPDX-License-Identifier: MIT
// The logs in SMEM: index, wrap and events.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { written } from './golden/golden.js'
import { general, index, power, SLOTS } from './golden/smem-log.js'
import { staticLog } from './golden/smem-static-log.js'

interface Log {
  capacity: number
  next: number | null
  events: { slot: number; identifier: number; ticks: number }[]
}
const log = (id: number, bytes: Uint8Array, siblings: Record<number, Uint8Array> = {}) => {
  const { value, ...rest } = dissect(id, bytes, { siblings })!
  return { ...(value as unknown as Log), ...rest }
}
const slots = ({ events }: Log) => events.map(({ slot }) => slot)

describe('an SMEM log', () => {
  it('starts behind its index, with the oldest event', () => {
    const { capacity, next, events, fields, notes } = log(79, general, { 78: index(2) })
    assert.deepEqual([capacity, next], [SLOTS, 2])
    assert.deepEqual(events[0], {
      slot: 1999,
      identifier: 0x10000004,
      ticks: 2999,
      data1: 1,
      data2: 2,
      data3: 3,
    })
    assert.deepEqual(slots({ capacity, next, events }), [1999, 0, 1])
    assert.deepEqual(fields[0], { path: 'events[0].identifier', offset: 1999 * 20, size: 4 })
    assert.deepEqual(notes, ['the bits of an identifier are not described in public'])
  })

  it('has an index of its own for power', () => {
    const powerLog = log(407, power, { 78: index(7), 405: index(2) })
    assert.deepEqual([powerLog.next, ...slots(powerLog)], [2, 0, 1])
  })

  it('stays as it lies without an index, or with one that leads outside', () => {
    for (const siblings of [{}, { 78: index(SLOTS + 1) }, { 78: Buffer.alloc(3) }]) {
      const found = log(79, general, siblings)
      assert.deepEqual([found.next, ...slots(found)], [null, 0, 1, 1999])
      assert.match(found.notes[0]!, /as they lie there/)
    }
    assert.equal(log(79, general, { 78: index(SLOTS) }).next, SLOTS)
  })

  it('tells the newest 500 events, and says so', () => {
    const full = Buffer.alloc(SLOTS * 20, 1)
    const { events, notes } = log(79, full, { 78: index(100) })
    assert.equal(events.length, 500)
    assert.deepEqual([events[0]!.slot, events.at(-1)!.slot], [1600, 99])
    assert.equal(notes[0], 'only the newest 500 events are told')
    assert.equal(log(79, full.subarray(0, 500 * 20), { 78: index(0) }).notes.length, 1)
  })

  it('has no events in less than one', () => {
    assert.deepEqual(log(79, Buffer.alloc(19, 1), { 78: index(0) }).events, [])
  })

  it('has words beside it', () => {
    assert.deepEqual(decode(78, index(12)), { next: 12 })
    assert.deepEqual(decode(405, index(3).subarray(0, 4)), { next: 3 })
    assert.deepEqual(decode(406, written(4, [[0, 1]])), { wrapped: 1 })
    for (const id of [78, 405, 406]) {
      assert.throws(() => decode(id, Buffer.alloc(3)), { code: 'EINVAL', item: id })
    }
  })
})

describe('the old static SMEM log', () => {
  it('is told by its size', () => {
    const found = log(81, staticLog, { 80: index(2) })
    assert.equal(found.decoder, 'smem-static-log')
    assert.deepEqual([found.capacity, found.next, ...slots(found)], [150, 2, 0, 1])
    assert.equal(dissect(81, staticLog.subarray(0, 2992)), null)
  })

  it('makes item 80 its index', () => {
    assert.deepEqual(decode(80, index(2), { siblings: { 81: staticLog } }), { next: 2 })
    assert.equal(dissect(80, index(2)), null)
    assert.equal(dissect(80, Buffer.alloc(64), { siblings: { 81: staticLog } }), null)
  })
})
