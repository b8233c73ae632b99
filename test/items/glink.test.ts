// SPDX-License-Identifier: MIT
// GLINK descriptors and FIFOs, on bytes laid down by hand.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { descriptor } from './golden/glink-descriptor.js'
import { everything, received, wrapped } from './golden/glink-fifo.js'
import { written } from './golden/golden.js'

const refusal = { name: 'SmemError', code: 'EINVAL' }

interface Direction {
  readonly readable: number | null
  readonly free: number | null
}
interface Descriptor {
  readonly tx: Direction
  readonly rx: Direction
}

describe('a GLINK descriptor', () => {
  const fifos = { 479: Buffer.alloc(0x4000), 480: Buffer.alloc(0x80) }

  it('has the indices of both FIFOs, and how full they are', () => {
    const { value, fields, notes } = dissect(478, descriptor, { host: 5, siblings: fifos })!
    assert.deepEqual(value, {
      remoteHost: 5,
      remoteHostName: 'cdsp',
      tx: {
        tail: 0x3ff8,
        head: 0x10,
        fifoItem: 479,
        fifoSize: 0x4000,
        readable: 0x18,
        free: 0x4000 - 0x18 - 16,
      },
      rx: { tail: 0x20, head: 0x60, fifoItem: 480, fifoSize: 0x80, readable: 0x40, free: 0x30 },
    })
    assert.deepEqual(
      fields.map(({ path, offset }) => [path, offset]),
      [
        ['tx.tail', 0],
        ['tx.head', 4],
        ['rx.tail', 8],
        ['rx.head', 12],
      ],
    )
    assert.deepEqual(notes, [])
  })

  it('leaves nothing free where less is left than a writer keeps back', () => {
    const siblings = { ...fifos, 480: Buffer.alloc(0x68) }
    const full = written(32, [[0x0c, 0x60]])
    assert.deepEqual((decode(478, full, { siblings }) as unknown as Descriptor).rx.free, 0)
  })

  it('has no levels without FIFOs, or with indices beyond them', () => {
    const alone = dissect(478, descriptor)!
    assert.equal((alone.value as unknown as Descriptor).tx.readable, null)
    assert.match(alone.notes.join('\n'), /no FIFO for tx, item 479\n.*no FIFO for rx, item 480/)
    const siblings = { 479: Buffer.alloc(0x3ff8), 480: Buffer.alloc(0x60) }
    const beyond = dissect(478, descriptor, { siblings })!
    const { tx, rx } = beyond.value as unknown as Descriptor
    assert.deepEqual([tx.readable, tx.free, rx.readable, rx.free], [null, null, null, null])
    assert.match(beyond.notes[0]!, /tx has head 16 and tail 16376, and its FIFO has 16376/)
  })

  it('notes indices that are no multiples of 8', () => {
    const odd = written(32, [[0x04, 0x0c]])
    assert.match(dissect(478, odd, { siblings: fifos })!.notes.join(), /no multiples of 8/)
  })

  it('has 32 bytes and no other size', () => {
    for (const size of [0, 31, 33, 40]) {
      assert.throws(() => decode(478, Buffer.alloc(size)), refusal)
    }
  })
})

interface Fifo extends Direction {
  readonly direction: string
  readonly messages: readonly Record<string, unknown>[]
}
const fifo = (bytes: Buffer, tail: number, head: number) => {
  const { value, ...rest } = dissect(480, bytes, { siblings: { 478: received(tail, head) } })!
  return { ...rest, value: value as unknown as Fifo }
}

describe('a GLINK FIFO', () => {
  it('shows every message that waits', () => {
    const { value, fields, notes } = fifo(everything, 0, 0xb8)
    assert.deepEqual(notes, [])
    const { messages, ...stand } = value
    assert.deepEqual(stand, {
      remoteHost: null,
      remoteHostName: null,
      direction: 'rx',
      fifoSize: 208,
      tail: 0,
      head: 0xb8,
      readable: 0xb8,
      free: 8,
    })
    const channel = 5
    assert.deepEqual(messages, [
      {
        offset: 0x00,
        commandName: 'VERSION',
        command: 0,
        version: 1,
        features: 2,
        featuresBits: ['INTENTLESS'],
      },
      {
        offset: 0x08,
        commandName: 'VERSION_ACK',
        command: 1,
        version: 1,
        features: 1,
        featuresBits: ['bit0'],
      },
      { offset: 0x10, commandName: 'OPEN', command: 2, channel, nameLength: 7, name: 'IPCRTR' },
      { offset: 0x20, commandName: 'CLOSE', command: 3, channel, param2: 0 },
      { offset: 0x28, commandName: 'OPEN_ACK', command: 4, channel, param2: 0 },
      {
        offset: 0x30,
        commandName: 'INTENT',
        command: 5,
        channel,
        intentCount: 2,
        intents: [
          { size: 1024, id: 1 },
          { size: 64, id: 2 },
        ],
      },
      { offset: 0x48, commandName: 'RX_DONE', command: 6, channel, intent: 1 },
      { offset: 0x50, commandName: 'RX_INTENT_REQ', command: 7, channel, size: 2048 },
      { offset: 0x58, commandName: 'RX_INTENT_REQ_ACK', command: 8, channel, granted: 1 },
      {
        offset: 0x60,
        commandName: 'TX_DATA',
        command: 9,
        channel,
        intent: 2,
        chunkSize: 5,
        leftSize: 11,
      },
      { offset: 0x78, commandName: 'CLOSE_ACK', command: 11, channel, param2: 0 },
      {
        offset: 0x80,
        commandName: 'TX_DATA_CONT',
        command: 12,
        channel,
        intent: 2,
        chunkSize: 11,
        leftSize: 0,
      },
      { offset: 0xa0, commandName: 'READ_NOTIF', command: 13, param1: 0, param2: 0 },
      { offset: 0xa8, commandName: 'RX_DONE_W_REUSE', command: 14, channel, intent: 2 },
      {
        offset: 0xb0,
        commandName: 'SIGNALS',
        command: 15,
        channel,
        signals: 0x90000001,
        signalsBits: ['bit0', 'RI', 'DTR'],
      },
    ])
    const where = (path: string) => fields.find((field) => field.path === path)
    assert.deepEqual(where('messages[2].name'), { path: 'messages[2].name', offset: 24, size: 7 })
    assert.equal(where('messages[5].intents[1].id')!.offset, 0x44)
    assert.equal(where('messages[9].leftSize')!.offset, 0x6c)
  })

  it('goes on at its start', () => {
    const { value, notes } = fifo(wrapped, 48, 16)
    assert.deepEqual(notes, [])
    assert.equal(value.readable, 32)
    assert.deepEqual(value.messages, [
      {
        offset: 48,
        commandName: 'OPEN',
        command: 2,
        channel: 9,
        nameLength: 14,
        name: 'glink_ssr_gpu',
      },
      { offset: 8, commandName: 'CLOSE', command: 3, channel: 9, param2: 0 },
    ])
  })

  it('starts where the reader stands, and is empty where that is the head', () => {
    const { value } = fifo(everything, 0xa8, 0xb0)
    assert.deepEqual(value.messages, [
      { offset: 0xa8, commandName: 'RX_DONE_W_REUSE', command: 14, channel: 5, intent: 2 },
    ])
    assert.deepEqual(fifo(everything, 8, 8).value.messages, [])
  })

  it('of the other direction has the other indices', () => {
    const siblings = { 478: written(32, [[0x04, 8]]) }
    const { direction, messages } = decode(479, everything, { siblings }) as unknown as Fifo
    assert.deepEqual([direction, messages.length], ['tx', 1])
  })

  it('ends with a message that cannot be one, and says why', () => {
    const ends = (head: number, ...messages: Parameters<typeof written>[1]) => {
      const { value, notes } = fifo(written(1024, messages), 0, head)
      return [value.messages.length, notes.join()] as const
    }
    const good = [[0, 13, 2]] as const
    const expected: (readonly [ReturnType<typeof ends>, number, RegExp])[] = [
      [ends(16, ...good, [8, 16, 2]), 1, /message 1, at 8: command 16 is not known/],
      [ends(40, [0, 10, 2]), 0, /payload of TX_DATA_ZERO_COPY/],
      [ends(16, [0, 2, 2], [4, 9]), 0, /OPEN \(nameLength 9\)/],
      [ends(56, [0, 2, 2], [4, 33]), 0, /OPEN \(nameLength 33\)/],
      [ends(24, [0, 5, 2], [4, 3]), 0, /INTENT \(intentCount 3\)/],
      [ends(24, [0, 5, 2], [4, 0xffffffff]), 0, /INTENT/],
      [ends(8, [0, 9, 2]), 0, /TX_DATA/],
      [ends(24, [0, 9, 2], [8, 9]), 0, /TX_DATA/],
      [ends(24, [0, 12, 2], [8, 0xffffffff]), 0, /TX_DATA_CONT/],
      [ends(12, ...good), 1, /message 1, at 8: 4 bytes are left/],
    ]
    for (const [[count, notes], wanted, why] of expected) {
      assert.equal(count, wanted)
      assert.match(notes, why)
    }
    assert.equal(ends(40, [0, 2, 2], [4, 32])[0], 1)
    assert.equal(ends(8, [0, 2, 2], [4, 0])[0], 1)
  })

  it('shows the first 128 messages, and the first 16 intents of each', () => {
    const { value, notes } = fifo(Buffer.alloc(0x4000), 0, 0x2000)
    assert.equal(value.messages.length, 128)
    assert.match(notes.join(), new RegExp(`${0x2000 - 128 * 8} bytes of further messages`))
    const many = fifo(
      written(1024, [
        [0, 5, 2],
        [4, 100],
      ]),
      0,
      808,
    )
    assert.equal((many.value.messages[0]!.intents as unknown[]).length, 16)
    assert.deepEqual(many.notes, [])
  })

  it('has no messages where the indices are not known or lie outside', () => {
    const alone = dissect(480, everything, { host: 2 })!
    assert.deepEqual(alone.value, {
      remoteHost: 2,
      remoteHostName: 'adsp',
      direction: 'rx',
      fifoSize: 208,
      tail: null,
      head: null,
      readable: null,
      free: null,
      messages: [],
    })
    assert.match(alone.notes.join(), /no descriptor in item 478/)
    const broken = { siblings: { 478: Buffer.alloc(40) } }
    assert.match(dissect(480, everything, broken)!.notes.join(), /no descriptor/)
    for (const [tail, head] of [
      [208, 0],
      [0, 208],
      [0xffffffff, 0xffffffff],
    ] as const) {
      const { value, notes } = fifo(everything, tail, head)
      assert.deepEqual([value.readable, value.messages], [null, []])
      assert.match(notes.join(), /its FIFO has 208 bytes/)
    }
  })

  it('of a size that is no multiple of 8 is read round its end all the same', () => {
    const bytes = Buffer.alloc(20)
    bytes.writeUInt16LE(6, 16)
    bytes.writeUInt16LE(3, 18)
    bytes.writeUInt32LE(77, 0)
    const [message] = fifo(bytes, 16, 4).value.messages
    assert.deepEqual([message!.commandName, message!.channel, message!.intent], ['RX_DONE', 3, 77])
  })

  it('is not empty', () => {
    assert.throws(() => decode(480, Buffer.alloc(0)), refusal)
    assert.equal(dissect(480, Buffer.alloc(1))!.decoder, 'glink-fifo')
  })
})
