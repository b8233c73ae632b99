// SPDX-License-Identifier: MIT
// SMD channel tables, channel states and FIFOs, on bytes laid down by hand.

import assert from 'node:assert/strict'
import { type Around, decode, dissect } from './decode.js'

type Entry = readonly [slot: number, name: string, cid: number, flags: number, refCount?: number]

const table = (entries: readonly Entry[], size = 2048) => {
  const bytes = Buffer.alloc(size)
  for (const [slot, name, cid, flags, refCount = 1] of entries) {
    bytes.write(name, slot * 32, 'latin1')
    bytes.writeUInt32LE(cid, slot * 32 + 20)
    bytes.writeUInt32LE(flags, slot * 32 + 24)
    bytes.writeUInt32LE(refCount, slot * 32 + 28)
  }
  return bytes
}
const refusal = { name: 'SmemError', code: 'EINVAL' }

interface Table {
  readonly channels: readonly Record<string, unknown>[]
}

describe('the SMD channel table', () => {
  const entries: Entry[] = [
    [0, 'rpm_requests', 0, 0x20f],
    [3, 'twenty-letters-name!', 63, 0x100],
    [5, 'unused', 4, 0x200, 0],
    [6, '', 6, 0x200],
    [63, 'IPCRTR', 2, 0x206],
  ]

  it('lists the entries in use with edge, transfer type and items', () => {
    const { value, fields, notes } = dissect(13, table(entries))!
    const { channels } = value as unknown as Table
    assert.deepEqual(channels[0], {
      slot: 0,
      name: 'rpm_requests',
      cid: 0,
      flags: 0x20f,
      refCount: 1,
      edge: 15,
      edgeName: 'apps-rpm',
      transfer: 2,
      transferName: 'packet',
      infoItem: 14,
      fifoItem: 338,
    })
    assert.deepEqual(
      channels.map(({ slot, name, edgeName, transferName, infoItem, fifoItem }) => {
        return [slot, name, edgeName, transferName, infoItem, fifoItem]
      }),
      [
        [0, 'rpm_requests', 'apps-rpm', 'packet', 14, 338],
        [3, 'twenty-letters-name!', 'apps-modem', 'stream', 77, 401],
        [63, 'IPCRTR', 'apps-wcnss', 'packet', 16, 340],
      ],
    )
    assert.deepEqual(
      fields.find(({ path }) => path === 'channels[2].cid'),
      { path: 'channels[2].cid', offset: 63 * 32 + 20, size: 4 },
    )
    assert.deepEqual(notes, [])
  })

  it('has items of its own where it is the second', () => {
    const { channels } = decode(266, table([[0, 'second', 63, 0x201]])) as unknown as Table
    assert.deepEqual(
      channels.map(({ infoItem, fifoItem, edgeName }) => [infoItem, fifoItem, edgeName]),
      [[201, 265, 'apps-qdsp']],
    )
  })

  it('is no second table in another size', () => {
    assert.equal(dissect(266, Buffer.alloc(2056)), null)
    assert.equal(dissect(266, Buffer.alloc(8)), null)
  })

  it('has no items for a channel beyond 63, and no name for unknown edges and types', () => {
    const odd = table([
      [0, 'far', 64, 0x2ff],
      [1, 'further', 0xffffffff, 0xf0f00],
    ])
    const { value, notes } = dissect(13, odd)!
    const { channels } = value as unknown as Table
    for (const { infoItem, fifoItem } of channels)
      assert.deepEqual([infoItem, fifoItem], [null, null])
    assert.deepEqual([channels[0]!.edge, channels[0]!.edgeName], [255, null])
    assert.deepEqual([channels[1]!.transfer, channels[1]!.transferName], [15, null])
    assert.equal(notes.length, 2)
  })

  it('may be shorter or longer, with a note, but not empty', () => {
    const short = dissect(13, table(entries).subarray(0, 2040))!
    assert.equal((short.value as unknown as Table).channels.length, 2)
    assert.match(short.notes.join(), /room for 63 channels/)
    const long = dissect(13, table([...entries, [64, 'beyond', 1, 0]], 2080))!
    assert.equal((long.value as unknown as Table).channels.length, 3)
    assert.match(long.notes.join(), /room for 65 channels/)
    assert.deepEqual(decode(13, Buffer.alloc(32)), { channels: [] })
    assert.throws(() => decode(13, Buffer.alloc(31)), refusal)
  })
})

interface Levels {
  readonly from: string | null
  readonly to: string | null
  readonly head: number
  readonly tail: number
  readonly readable: number | null
  readonly free: number | null
}
interface Channel {
  readonly channel: string | null
  readonly width: string
  readonly half: number | null
  readonly sides: readonly (Levels & Record<string, unknown>)[]
}

/** 40 bytes: flags of the first side from 0x04, its tail and head at 0x0c and 0x10; the second 20 bytes later. */
const byteInfo = (
  [firstTail, firstHead]: readonly number[],
  [secondTail, secondHead]: readonly number[] = [0, 0],
) => {
  const bytes = Buffer.alloc(40)
  bytes.writeUInt32LE(2, 0x00)
  Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).copy(bytes, 0x04)
  bytes.writeUInt32LE(firstTail!, 0x0c)
  bytes.writeUInt32LE(firstHead!, 0x10)
  bytes.writeUInt32LE(6, 0x14)
  bytes.writeUInt32LE(secondTail!, 0x20)
  bytes.writeUInt32LE(secondHead!, 0x24)
  return bytes
}

/** 88 bytes: flags of the first side as words from 0x04, its tail and head at 0x24 and 0x28; the second at 0x2c. */
const wordInfo = () => {
  const bytes = Buffer.alloc(88)
  bytes.writeUInt32LE(3, 0x00)
  for (let flag = 0; flag < 8; flag++) bytes.writeUInt32LE(0x100 + flag, 0x04 + flag * 4)
  bytes.writeUInt32LE(0x3f0, 0x24)
  bytes.writeUInt32LE(0x010, 0x28)
  bytes.writeUInt32LE(9, 0x2c)
  bytes.writeUInt32LE(0x20, 0x50)
  bytes.writeUInt32LE(0x20, 0x54)
  return bytes
}

const around = (siblings: Record<number, Uint8Array>): Around => ({
  siblings: { 13: table([[0, 'chat', 5, 0x200]]), ...siblings },
})
const channelOf = (id: number, bytes: Buffer, siblings: Record<number, Uint8Array> = {}) =>
  decode(id, bytes, around(siblings)) as unknown as Channel

describe('the state of an SMD channel', () => {
  it('in bytes has both sides, named by the edge, with fill levels', () => {
    const siblings = { 343: Buffer.alloc(0x800) }
    const { value, fields, notes } = dissect(19, byteInfo([0x10, 0x30]), around(siblings))!
    const { sides, ...rest } = value as unknown as Channel
    assert.deepEqual(rest, {
      cid: 5,
      channel: 'chat',
      edge: 0,
      edgeName: 'apps-modem',
      width: 'byte',
      fifoItem: 343,
      half: 0x400,
    })
    assert.deepEqual(sides[0], {
      from: 'apps',
      to: 'modem',
      state: 2,
      stateName: 'OPENED',
      dsr: 1,
      cts: 2,
      cd: 3,
      ri: 4,
      newHead: 5,
      newTail: 6,
      newState: 7,
      blockReadIntr: 8,
      tail: 0x10,
      head: 0x30,
      readable: 0x20,
      free: 0x400 - 1 - 0x20,
    })
    const { from, to, stateName, readable, free } = sides[1]!
    assert.deepEqual([from, to, stateName], ['modem', 'apps', 'RESET_OPENING'])
    assert.deepEqual([readable, free], [0, 0x3ff])
    assert.deepEqual(
      fields.filter(({ path }) => path.startsWith('sides[1]')).map(({ offset }) => offset),
      [0x14, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x24],
    )
    assert.deepEqual(notes, [])
  })

  it('in words has the same fields, each four bytes', () => {
    const { value, fields } = dissect(19, wordInfo(), around({ 343: Buffer.alloc(0x800) }))!
    const { width, sides } = value as unknown as Channel
    assert.equal(width, 'word')
    assert.deepEqual(
      ['dsr', 'cts', 'cd', 'ri', 'newHead', 'newTail', 'newState', 'blockReadIntr'].map(
        (flag) => sides[0]![flag],
      ),
      [0x100, 0x101, 0x102, 0x103, 0x104, 0x105, 0x106, 0x107],
    )
    const [first, second] = sides
    assert.deepEqual([first!.readable, first!.stateName], [0x20, 'FLUSHING'])
    assert.deepEqual([second!.tail, second!.head, second!.readable], [0x20, 0x20, 0])
    assert.deepEqual([second!.state, second!.stateName], [9, null])
    assert.deepEqual(
      fields.find(({ path }) => path === 'sides[1].head'),
      { path: 'sides[1].head', offset: 0x54, size: 4 },
    )
  })

  it('knows no levels without a FIFO, or with indices beyond it', () => {
    const alone = dissect(19, byteInfo([0x10, 0x30]), around({}))!
    const { half, sides } = alone.value as unknown as Channel
    assert.deepEqual([half, sides[0]!.readable, sides[0]!.free], [null, null, null])
    assert.match(alone.notes.join(), /no FIFO of a known size, item 343/)
    const siblings = { 343: Buffer.alloc(0x800) }
    const beyond = dissect(19, byteInfo([0, 0x400], [0xffffffff, 0]), around(siblings))!
    for (const side of (beyond.value as unknown as Channel).sides) assert.equal(side.readable, null)
    assert.match(beyond.notes[0]!, /side 0 has head 1024/)
    assert.equal(beyond.notes.length, 2)
    assert.equal(channelOf(19, byteInfo([0, 0]), { 343: Buffer.alloc(0x600) }).half, null)
  })

  it('has no names where no table has the channel', () => {
    const { channel, sides } = channelOf(14, byteInfo([0, 0]))
    assert.deepEqual([channel, sides[0]!.from, sides[1]!.to], [null, null, null])
    assert.equal((decode(14, byteInfo([0, 0])) as unknown as Channel).channel, null)
  })

  it('of the second table needs that table', () => {
    assert.equal(dissect(143, byteInfo([0, 0])), null)
    assert.equal(dissect(143, byteInfo([0, 0]), { siblings: { 266: Buffer.alloc(8) } }), null)
    const second = { 266: table([[9, 'second', 5, 0x203]]) }
    const { channel, sides } = channelOf(143, byteInfo([0, 0]), second)
    assert.deepEqual([channel, sides[0]!.to], ['second', 'dsps'])
  })

  it('has 40 or 88 bytes and no other size', () => {
    for (const size of [0, 39, 41, 48, 87, 89, 96]) {
      assert.throws(() => decode(14, Buffer.alloc(size)), refusal)
    }
  })
})

interface Fifo {
  readonly half: number
  readonly directions: readonly (Levels & {
    readonly packet: { length: number; whole: boolean } | null
  })[]
}
const fifoOf = (bytes: Buffer, siblings: Record<number, Uint8Array>) =>
  decode(343, bytes, around(siblings)) as unknown as Fifo

describe('an SMD FIFO', () => {
  it('shows levels and the next packet of each direction', () => {
    const bytes = Buffer.alloc(0x200)
    bytes.writeUInt32LE(12, 0x40)
    bytes.writeUInt32LE(100, 0x100 + 0x80)
    const info = byteInfo([0x40, 0x60], [0x80, 0xa0])
    const { value, fields, notes } = dissect(343, bytes, around({ 19: info }))!
    assert.deepEqual(value, {
      cid: 5,
      channel: 'chat',
      edge: 0,
      edgeName: 'apps-modem',
      infoItem: 19,
      half: 0x100,
      directions: [
        {
          from: 'apps',
          to: 'modem',
          head: 0x60,
          tail: 0x40,
          readable: 32,
          free: 223,
          packet: { length: 12, whole: true },
        },
        {
          from: 'modem',
          to: 'apps',
          head: 0xa0,
          tail: 0x80,
          readable: 32,
          free: 223,
          packet: { length: 100, whole: false },
        },
      ],
    })
    assert.deepEqual(fields, [
      { path: 'directions[0].packet.length', offset: 0x40, size: 4 },
      { path: 'directions[1].packet.length', offset: 0x180, size: 4 },
    ])
    assert.deepEqual(notes, [])
  })

  it('reads a header that goes on at the start of its half', () => {
    const bytes = Buffer.alloc(0x80)
    // Second half: the length's low byte at its last byte, the rest at its first three.
    bytes[0x7f] = 3
    bytes[0x3f] = 0xee
    const { directions } = fifoOf(bytes, { 19: byteInfo([0, 0], [0x3f, 0x16]) })
    assert.deepEqual(directions[1]!.packet, { length: 3, whole: true })
    assert.deepEqual([directions[1]!.readable, directions[1]!.free], [23, 40])
    bytes[0x40] = 1
    const longer = dissect(343, bytes, around({ 19: byteInfo([0, 0], [0x3f, 0x16]) }))!
    const [, back] = (longer.value as unknown as Fifo).directions
    assert.deepEqual(back!.packet, { length: 0x103, whole: false })
    assert.match(longer.notes.join(), /says 259 bytes, more than a half takes/)
  })

  it('has no packet where less than a header waits, and none in a stream', () => {
    const { directions } = fifoOf(Buffer.alloc(0x80), { 19: byteInfo([0, 19], [0, 20]) })
    assert.deepEqual(
      [directions[0]!.packet, directions[1]!.packet],
      [null, { length: 0, whole: true }],
    )
    const stream = { 13: table([[0, 'chat', 5, 0x100]]), 19: byteInfo([0, 32]) }
    const [out] = fifoOf(Buffer.alloc(0x80), stream).directions
    assert.deepEqual([out!.readable, out!.packet], [32, null])
  })

  it('knows its halves only, where the channel is not described', () => {
    const { value, notes } = dissect(343, Buffer.alloc(0x80), around({}))!
    const { half, directions } = value as unknown as Fifo
    assert.equal(half, 64)
    assert.deepEqual(directions[0], {
      from: 'apps',
      to: 'modem',
      head: null,
      tail: null,
      readable: null,
      free: null,
      packet: null,
    })
    assert.match(notes.join(), /no channel info in item 19/)
  })

  it('says so where the indices lie outside', () => {
    const { value, notes } = dissect(343, Buffer.alloc(0x80), around({ 19: byteInfo([64, 0]) }))!
    const [out] = (value as unknown as Fifo).directions
    assert.deepEqual([out!.readable, out!.packet], [null, null])
    assert.match(notes.join(), /side 0 has head 0 and tail 64/)
  })

  it('consists of two powers of two', () => {
    for (const size of [0, 1, 24, 0x600]) {
      assert.throws(() => decode(343, Buffer.alloc(size)), refusal)
    }
    assert.equal(dissect(207, Buffer.alloc(0x80)), null)
    const second = { siblings: { 266: table([[0, 'second', 5, 0x200]]) } }
    assert.equal(dissect(207, Buffer.alloc(2), second)!.decoder, 'smd-fifo')
  })
})
