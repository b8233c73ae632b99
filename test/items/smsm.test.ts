// SPDX-License-Identifier: MIT
// The shared state machine, on bytes laid down by hand.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'

const bytes = (size: number, words: Record<number, number> = {}) => {
  const buffer = Buffer.alloc(size)
  for (const [at, value] of Object.entries(words)) buffer.writeUInt32LE(value, Number(at))
  return buffer
}
const shape = (hosts: number, entries: number) => bytes(16, { 0: hosts, 4: entries })

describe('the size info of SMSM', () => {
  it('tells hosts and entries', () => {
    assert.deepEqual(decode(419, shape(5, 8)), { hosts: 5, entries: 8 })
    assert.deepEqual(dissect(419, shape(5, 8))!.fields, [
      { path: 'hosts', offset: 0, size: 4 },
      { path: 'entries', offset: 4, size: 4 },
    ])
  })

  it('has 16 bytes and no other size', () => {
    for (const size of [0, 8, 15, 17, 24]) {
      assert.throws(() => decode(419, bytes(size)), { name: 'SmemError', code: 'EINVAL' })
    }
  })
})

interface States {
  readonly entries: readonly { entryName: string | null; state: number; stateBits: string[] }[]
}

describe('the states of SMSM', () => {
  it('are 8 words where nothing says otherwise, with bits by name', () => {
    const item = bytes(32, { 0: 0x109, 4: 0x8000_1000, 20: 0x3 })
    const { value, fields, notes } = dissect(85, item)!
    const { entries } = value as unknown as States
    assert.deepEqual(entries[0], {
      entry: 0,
      entryName: 'apps',
      state: 0x109,
      stateBits: ['INIT', 'SMDINIT', 'RUN'],
    })
    assert.deepEqual(entries[1]!.stateBits, ['PROC_AWAKE', 'bit31'])
    assert.deepEqual(
      entries.map(({ entryName }) => entryName),
      ['apps', 'modem', 'q6', 'wcnss', 'dsps', 'q6-dem', 'power-master-dem', 'time-master-dem'],
    )
    assert.deepEqual(fields[7], { path: 'entries[7].state', offset: 28, size: 4 })
    assert.deepEqual(notes, [])
  })

  it('do not name bits of the entries that mean something else by them', () => {
    const { entries } = decode(85, bytes(32, { 20: 0x3 })) as unknown as States
    assert.deepEqual(entries[5]!.stateBits, ['bit0', 'bit1'])
  })

  it('have two bits with a second name, which is noted once', () => {
    const both = dissect(85, bytes(32, { 0: 0x802, 4: 0x802, 20: 0x802 }))!
    const { entries } = both.value as unknown as States
    assert.deepEqual(entries[1]!.stateBits, ['OSENTERED', 'TIMEINIT'])
    assert.deepEqual(both.notes, [
      "bit 1, OSENTERED, is A2_POWER_CONTROL where the modem's data goes through the A2",
      "bit 11, TIMEINIT, is A2_POWER_CONTROL_ACK where the modem's data goes through the A2",
    ])
    // Entries with other meanings for their bits have none of these.
    assert.deepEqual(dissect(85, bytes(32, { 20: 0x802 }))!.notes, [])
    assert.match(dissect(333, bytes(96, { 20: 0x800 }))!.notes.join(), /^bit 11, TIMEINIT, is A2_/)
  })

  it('are as many as the size info says; what lies behind is noted', () => {
    const around = { siblings: { 419: shape(3, 5) } }
    const rounded = dissect(85, bytes(24), around)!
    assert.equal((rounded.value as unknown as States).entries.length, 5)
    assert.deepEqual(rounded.notes, [])
    const longer = dissect(85, bytes(32), around)!
    assert.equal((longer.value as unknown as States).entries.length, 5)
    assert.match(longer.notes.join(), /room for 8 words.*needs 5/)
  })

  it('end with the item, whatever the size info says', () => {
    const hostile = { siblings: { 419: shape(0xffffffff, 0xffffffff) } }
    const { value, notes } = dissect(85, bytes(16), hostile)!
    assert.equal((value as unknown as States).entries.length, 4)
    assert.match(notes.join(), /room for 4 words.*needs 4294967295/)
    const huge = dissect(85, bytes(0x40000), hostile)!
    assert.equal((huge.value as unknown as States).entries.length, 256)
    assert.throws(() => decode(85, bytes(3)), { code: 'EINVAL' })
  })

  it('have names for those only that are known', () => {
    const { entries } = decode(85, bytes(40), {
      siblings: { 419: shape(3, 10) },
    }) as never as States
    assert.deepEqual([entries.length, entries[9]!.entryName], [10, null])
  })

  it('follow the default where the size info has another size', () => {
    const { entries } = decode(85, bytes(32), { siblings: { 419: bytes(8) } }) as never as States
    assert.equal(entries.length, 8)
  })
})

interface Masks {
  readonly entries: readonly {
    readonly entryName: string
    readonly masks: readonly { hostName: string | null; mask: number; maskBits: string[] }[]
  }[]
}

describe('the interrupt masks of SMSM', () => {
  it('stand entry by entry, and in each host by host', () => {
    // Entry 1, host 2 of 3: word 5. Entry 3, host 0: word 9.
    const item = bytes(96, { 20: 0x100, 36: 0x40 })
    const { value, fields, notes } = dissect(333, item)!
    const { entries } = value as unknown as Masks
    assert.equal(entries.length, 8)
    assert.deepEqual(entries[1]!.masks[2], {
      host: 2,
      hostName: 'q6',
      mask: 0x100,
      maskBits: ['RUN'],
    })
    assert.equal(entries[3]!.entryName, 'wcnss')
    assert.deepEqual(entries[3]!.masks[0]!.maskBits, ['RESET'])
    assert.deepEqual(
      fields.find(({ offset }) => offset === 36),
      { path: 'entries[3].masks[0].mask', offset: 36, size: 4 },
    )
    assert.equal(fields.length, 24)
    assert.deepEqual(notes, [])
  })

  it('have as many columns as the size info has hosts', () => {
    const around = { siblings: { 419: shape(5, 8) } }
    const { entries } = decode(333, bytes(160, { 24: 0x2 }), around) as unknown as Masks
    assert.equal(entries[1]!.masks.length, 5)
    assert.deepEqual(entries[1]!.masks[1]!.maskBits, ['OSENTERED'])
    assert.equal(entries[0]!.masks[4]!.hostName, 'dsps')
  })

  it('end with the item, also within a row', () => {
    const { value, notes } = dissect(333, bytes(16))!
    const { entries } = value as unknown as Masks
    assert.deepEqual(
      entries.map(({ masks }) => masks.length),
      [3, 1],
    )
    assert.match(notes.join(), /room for 4 words.*needs 24/)
    const hostile = { siblings: { 419: shape(0xffffffff, 0xffffffff) } }
    assert.equal(dissect(333, bytes(16), hostile)!.fields.length, 4)
    assert.deepEqual(decode(333, bytes(8), { siblings: { 419: shape(0, 0) } }), { entries: [] })
    assert.throws(() => decode(333, bytes(3)), { code: 'EINVAL' })
  })
})
