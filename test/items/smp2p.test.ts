// SPDX-License-Identifier: MIT
// SMP2P items, on bytes laid down by hand.

import assert from 'node:assert/strict'
import { smp2pItem } from '#lib/testing/items/smp2p.js'
import { decode, dissect } from './decode.js'

interface Asked {
  readonly size?: number
  readonly magic?: string
  readonly version?: number
  readonly features?: number
  readonly pids?: readonly [local: number, remote: number]
  readonly counts?: readonly [total: number, valid: number]
  readonly flags?: number
}

const item = (asked: Asked = {}) => {
  const { size = 340, magic = '$SMP', version = 1, features = 1, flags = 0 } = asked
  const { pids = [0, 1], counts = [16, 2] } = asked
  const bytes = Buffer.alloc(340)
  bytes.write(magic, 0, 'latin1')
  bytes.writeUInt8(version, 0x04)
  bytes.writeUIntLE(features, 0x05, 3)
  bytes.writeUInt16LE(pids[0], 0x08)
  bytes.writeUInt16LE(pids[1], 0x0a)
  bytes.writeUInt16LE(counts[0], 0x0c)
  bytes.writeUInt16LE(counts[1], 0x0e)
  bytes.writeUInt32LE(flags, 0x10)
  bytes.write('master-kernel', 0x14, 'latin1')
  bytes.writeUInt32LE(0x80000005, 0x24)
  bytes.write('sixteen-letters!', 0x28, 'latin1')
  bytes.writeUInt32LE(0x2, 0x38)
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - 340))]).subarray(0, size)
}

interface Value {
  readonly valid: boolean
  readonly version: number
  readonly featuresBits: string[]
  readonly flagsBits: string[]
  readonly handshake: string
  readonly entries: { name: string; value: number; valueBits: number[] }[]
}
const meaning = (id: number, bytes: Buffer, around = {}) =>
  decode(id, bytes, around) as unknown as Value

describe('SMP2P', () => {
  it('of version 1 shows header, hosts and entries with their bits', () => {
    const { value, fields, notes, decoder } = dissect(428, item())!
    assert.equal(decoder, 'smp2p')
    assert.deepEqual(value, {
      magic: '$SMP',
      version: 1,
      valid: true,
      features: 1,
      featuresBits: ['SSR_ACK'],
      localHost: 0,
      localHostName: 'apps',
      remoteHost: 1,
      remoteHostName: 'modem',
      totalEntries: 16,
      validEntries: 2,
      flags: 0,
      flagsBits: [],
      handshake: 'modem has no item 435 to answer with',
      entries: [
        { name: 'master-kernel', value: 0x80000005, valueBits: [0, 2, 31] },
        { name: 'sixteen-letters!', value: 2, valueBits: [1] },
      ],
    })
    assert.deepEqual(notes, [])
    const where = (path: string) => fields.find((field) => field.path === path)
    assert.deepEqual(where('features'), { path: 'features', offset: 5, size: 3 })
    assert.deepEqual(where('entries[1].value'), {
      path: 'entries[1].value',
      offset: 0x38,
      size: 4,
    })
  })

  it('of version 2 has the same layout, of a newer one a note', () => {
    assert.deepEqual(dissect(428, item({ version: 2 }))!.notes, [])
    assert.equal(meaning(428, item({ version: 2 })).entries.length, 2)
    const newer = dissect(428, item({ version: 3 }))!
    assert.match(newer.notes.join(), /version 3 is newer than 2/)
  })

  it('reads all 24 feature bits', () => {
    const { featuresBits } = meaning(428, item({ features: 0x800003 }))
    assert.deepEqual(featuresBits, ['SSR_ACK', 'bit1', 'bit23'])
  })

  it('of version 0, or not even begun, is not valid and has no entries', () => {
    const unfinished = meaning(428, item({ version: 0 }))
    assert.deepEqual([unfinished.valid, unfinished.entries], [false, []])
    assert.match(unfinished.handshake, /not yet valid/)
    assert.equal(meaning(435, Buffer.alloc(344)).valid, false)
    assert.equal(meaning(428, Buffer.alloc(344)).valid, false)
  })

  it('reads no more entries than are valid, in the table, and in the item', () => {
    const count = (asked: Asked) => {
      const { value, notes } = dissect(428, item(asked))!
      return [(value as unknown as Value).entries.length, notes.length]
    }
    assert.deepEqual(count({ counts: [16, 16] }), [16, 0])
    assert.deepEqual(count({ counts: [1, 2] }), [1, 1])
    assert.deepEqual(count({ counts: [0xffff, 0xffff] }), [16, 1])
    assert.deepEqual(count({ counts: [0xffff, 0xffff], size: 4000 }), [16, 1])
    assert.deepEqual(count({ counts: [16, 16], size: 339 }), [15, 1])
    assert.deepEqual(count({ size: 344 }), [2, 0])
    assert.deepEqual(count({ counts: [16, 0], size: 20 }), [0, 0])
  })

  it('refuses what is too short, or something else', () => {
    const refusal = { name: 'SmemError', code: 'EINVAL' }
    assert.throws(() => decode(435, item({ size: 19 })), refusal)
    assert.throws(() => decode(435, item({ magic: '$SMQ' })), /starts with "\$SMQ"/)
  })

  it('has ids for every pair of hosts', () => {
    for (const [id, from, to] of [
      [427, 0, 0],
      [442, 1, 7],
      [443, 2, 0],
      [454, 4, 3],
      [459, 6, 0],
      [481, 3, 0],
      [496, 7, 7],
      [94, 5, 0],
      [616, 0, 12],
      [617, 12, 0],
    ] as const) {
      const { decoder, notes } = dissect(id, item({ pids: [from, to] }))!
      assert.deepEqual([decoder, notes], ['smp2p', []], `item ${id}`)
      const built = smp2pItem({ from, to, entries: {} })
      assert.equal(built.id, id)
    }
  })

  it('notes hosts that contradict the id', () => {
    const { notes } = dissect(435, item({ pids: [2, 0] }))!
    assert.match(notes.join(), /host 1 for host 0 by its id, and by host 2/)
  })

  it('leaves ids that others use, too, to them unless it starts as SMP2P does', () => {
    for (const id of [94, 101]) {
      assert.equal(dissect(id, Buffer.alloc(344)), null)
      assert.equal(dissect(id, Buffer.from([1, 0, 0, 0])), null)
      assert.equal(dissect(id, item())!.decoder, 'smp2p')
    }
    const record = Buffer.alloc(64)
    record.writeUInt32LE(0xa3a2a1a0, 0)
    for (const id of [427, 428, 481, 482, 483, 484]) {
      assert.notEqual(dissect(id, Buffer.alloc(4))?.decoder, 'smp2p')
      assert.notEqual(dissect(id, record)?.decoder, 'smp2p')
      assert.equal(dissect(id, item())!.decoder, 'smp2p')
    }
  })
})

describe('the restart handshake of SMP2P', () => {
  const handshake = (mine: Asked, theirs: Asked) =>
    meaning(435, item({ pids: [1, 0], ...mine }), { siblings: { 428: item(theirs) } }).handshake

  it('waits for the other side to be valid, and to have the same version', () => {
    assert.equal(handshake({}, { version: 0 }), 'item 428 of apps is not yet valid')
    assert.equal(handshake({}, { magic: 'junk' }), 'item 428 of apps is not yet valid')
    assert.match(handshake({ version: 2 }, {}), /modem has version 2, apps version 1/)
  })

  it('takes place only where both know how', () => {
    assert.equal(handshake({}, { features: 0 }), 'agreed; restarts are not acknowledged')
    assert.equal(handshake({ features: 2 }, {}), 'agreed; restarts are not acknowledged')
  })

  it('compares the done flag of one side with the acknowledgement of the other', () => {
    const done = { flags: 0b01 }
    const acknowledged = { flags: 0b10 }
    const settled = 'agreed; no restart of modem waits for apps'
    const waiting = 'agreed; apps has not acknowledged the restart of modem'
    assert.equal(handshake({}, {}), settled)
    assert.equal(handshake(done, {}), waiting)
    assert.equal(handshake(done, acknowledged), settled)
    // The flags toggle: the second restart clears what the first has set.
    assert.equal(handshake({}, acknowledged), waiting)
    assert.deepEqual(meaning(435, item({ flags: 0x80000003 })).flagsBits, [
      'RESTART_DONE',
      'RESTART_ACK',
      'bit31',
    ])
  })

  it('finds the other side of generic edges in their partition', () => {
    const out = { siblings: { 616: item({ pids: [0, 12] }) } }
    assert.match(meaning(617, item({ pids: [12, 0] }), out).handshake, /restart of nsp1 waits/)
  })
})
