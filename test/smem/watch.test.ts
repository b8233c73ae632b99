// SPDX-License-Identifier: MIT
// Watching SMEM: samples that are taken by hand, on memory that changes between them.

import assert from 'node:assert/strict'
import { Smem, type WatchEvent } from '#lib/index.js'
import { defineDecoder } from '#lib/items/decoder.js'
import { Header, HeapInfo } from '#lib/layout/header.js'
import { PartitionHeader } from '#lib/layout/partition.js'
import { u32 } from '#lib/layout/scalar.js'
import { Rhythm } from '#lib/smem/watch.js'
import { nodeCommand } from '../node.js'
import {
  COUNTER,
  counter,
  imageOf,
  MODEM,
  MODEM_COUNTER,
  PLAIN,
  told,
  WatchedSoc,
} from './watched.js'

const count = (value: number) => Uint8Array.of(value, 0, 0, 0, 9, 0, 0, 0)
const modem = [{ id: MODEM_COUNTER, data: count(3) }]
const v12 = () => imageOf(12, modem)
/** In the partition table. */
const GLOBAL_PARTITION = 0
const MODEM_PARTITION = 1
const INITIALIZED = Header.offsets.heapInfo + HeapInfo.offsets.initialized

describe('a sampler', () => {
  it('tells every item at its first sample, and nothing where nothing has changed', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler()
    const first = sampler.sample()
    assert.deepEqual(first.map(told), [
      ['item', COUNTER, null, 'count null -> 1', 'limit null -> 7'],
      ['item', PLAIN, null],
      ['item', MODEM_COUNTER, MODEM, 'count null -> 3', 'limit null -> 9'],
    ])
    assert.ok(first.every(({ initial }) => initial))
    assert.deepEqual(
      first.map(({ decoder, item }) => [decoder, item?.size]),
      [
        ['counter', 8],
        [null, 40],
        ['counter', 8],
      ],
    )
    assert.deepEqual([sampler.sample(), sampler.sample()], [[], []])
  })

  it('tells the fields that have changed, and no others', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler()
    sampler.sample()
    watched.poke(COUNTER, 0, 2, GLOBAL_PARTITION)
    const time = new Date(12345)
    const events = sampler.sample(time)
    assert.deepEqual(events.map(told), [['changed', COUNTER, null, 'count 1 -> 2']])
    const [{ bytes, words, initial, time: at }] = events as [WatchEvent]
    assert.deepEqual([bytes, words, initial, at], [{ count: 1, first: 0 }, null, false, time])
    assert.deepEqual(sampler.sample(), [])
  })

  it('tells the words and bytes that have changed in an item that nothing decodes', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler({ items: [PLAIN] })
    sampler.sample()
    watched.poke(PLAIN, 8, 0x01000200, GLOBAL_PARTITION)
    watched.poke(COUNTER, 0, 2, GLOBAL_PARTITION)
    const [event, ...others] = sampler.sample()
    assert.deepEqual(others, [])
    assert.deepEqual(
      [event!.kind, event!.id, event!.fields, event!.words, event!.bytes],
      [
        'changed',
        PLAIN,
        null,
        [{ offset: 8, before: 0, after: 0x01000200 }],
        { count: 2, first: 9 },
      ],
    )
  })

  it('watches by id in every heap, by heap, or both', () => {
    using watched = new WatchedSoc(v12())
    const ids = (items: Parameters<Smem['watch']>[0]) =>
      watched.smem
        .sampler(items)
        .sample()
        .map(({ id }) => id)
    assert.deepEqual(ids({ items: [MODEM_COUNTER, PLAIN] }), [PLAIN, MODEM_COUNTER])
    assert.deepEqual(ids({ items: [{ host: MODEM }] }), [MODEM_COUNTER])
    assert.deepEqual(ids({ items: [{ host: null }] }), [COUNTER, PLAIN])
    assert.deepEqual(ids({ items: [{ id: COUNTER, host: MODEM }] }), [])
    // As `get`: a host without a partition is served by the global heap.
    assert.deepEqual(ids({ items: [{ id: COUNTER, host: 5 }] }), [COUNTER])
  })

  for (const version of [11, 12] as const) {
    it(`tells what is allocated while it watches, in a heap of version ${version}`, () => {
      using watched = new WatchedSoc(imageOf(version, modem))
      using writer = Smem.open({ source: `fake:${watched.soc.path}`, writable: true })
      const sampler = watched.smem.sampler()
      sampler.sample()
      const [global] = sampler.spaces
      writer.alloc(310, 16)
      writer.alloc(311, 24, { host: MODEM })
      assert.deepEqual(
        sampler.sample().map(({ kind, id, host, initial }) => [kind, id, host, initial]),
        [
          ['item', 310, null, false],
          ['item', 311, MODEM, false],
        ],
      )
      assert.equal(sampler.spaces[0]!.free, watched.smem.freeSpace())
      assert.ok(sampler.spaces[0]!.free < global!.free)
      writer.get(310).write32(4, 5)
      assert.deepEqual(sampler.sample().map(told), [['changed', 310, null]])
    })
  }

  it('tells what another processor allocates', async () => {
    using watched = new WatchedSoc(v12())
    await using remote = await watched.soc.remote('modem', { command: nodeCommand() })
    const sampler = watched.smem.sampler({ items: [{ host: MODEM }] })
    sampler.sample()
    await remote.alloc(470, 64, { host: 0 })
    assert.deepEqual(sampler.sample().map(told), [['item', 470, MODEM]])
  })

  it('survives a restart: a partition that is emptied, and filled again', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler({ items: [{ host: MODEM }, COUNTER] })
    sampler.sample()
    const { offset, size } = watched.partition(MODEM_PARTITION)
    watched.become(imageOf(12, []), offset, size)
    assert.deepEqual(sampler.sample().map(told), [
      ['reset', null, MODEM],
      ['gone', MODEM_COUNTER, MODEM],
    ])
    watched.become(imageOf(12, [{ id: 470, size: 24 }, ...modem]), offset, size)
    assert.deepEqual(sampler.sample().map(told), [
      ['item', MODEM_COUNTER, MODEM, 'count null -> 3', 'limit null -> 9'],
      ['item', 470, MODEM],
    ])
  })

  it('notices a restart between two samples, also where the free offset is as it was', () => {
    const others = [{ id: 470, size: 24 }, ...modem]
    for (const [before, after] of [
      [others, modem],
      [others, [...others].reverse()],
    ] as const) {
      using watched = new WatchedSoc(imageOf(12, before))
      const sampler = watched.smem.sampler({ items: [MODEM_COUNTER] })
      sampler.sample()
      const { offset, size } = watched.partition(MODEM_PARTITION)
      watched.become(imageOf(12, after), offset, size)
      assert.deepEqual(sampler.sample().map(told), [
        ['reset', null, MODEM],
        ['item', MODEM_COUNTER, MODEM, 'count null -> 3', 'limit null -> 9'],
      ])
    }
  })

  it('survives a reboot of a version-11 heap, whose free offset goes back', () => {
    using watched = new WatchedSoc(imageOf(11, modem))
    using writer = Smem.open({ source: `fake:${watched.soc.path}`, writable: true })
    writer.alloc(310, 16)
    const sampler = watched.smem.sampler({ items: [{ host: null }] })
    sampler.sample()
    watched.become(watched.image)
    assert.deepEqual(sampler.sample().map(told), [
      ['reset', null, null],
      ['gone', 310, null],
    ])
    writer.alloc(311, 16)
    assert.deepEqual(
      sampler.sample().map(({ kind, id }) => [kind, id]),
      [['item', 311]],
    )
  })

  it('decodes nothing where no fields are wanted', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler({ items: [COUNTER], fields: false })
    sampler.sample()
    watched.poke(COUNTER, 0, 2, GLOBAL_PARTITION)
    const [event] = sampler.sample()
    assert.deepEqual([event!.decoder, event!.fields], [null, null])
    assert.deepEqual(event!.words, [{ offset: 0, before: 1, after: 2 }])
  })

  it('survives a heap that cannot be read for a while, and tells so once', () => {
    for (const version of [11, 12] as const) {
      using watched = new WatchedSoc(imageOf(version, modem))
      const sampler = watched.smem.sampler({ items: [MODEM_COUNTER] })
      sampler.sample()
      watched.write(INITIALIZED, 0)
      const [event, ...others] = sampler.sample()
      assert.deepEqual(others, [])
      assert.deepEqual([event!.kind, event!.id, event!.error!.code], ['error', null, 'ENODEV'])
      assert.equal(sampler.find(MODEM_COUNTER), null)
      watched.poke(MODEM_COUNTER, 0, 4, version === 11 ? 0 : MODEM_PARTITION)
      assert.deepEqual([sampler.sample(), sampler.sample()], [[], []])
      watched.write(INITIALIZED, 1)
      assert.deepEqual(sampler.sample().map(told), [
        ['reset', null, MODEM],
        ['changed', MODEM_COUNTER, MODEM, 'count 3 -> 4'],
      ])
      assert.deepEqual(sampler.sample(), [])
      watched.write(INITIALIZED, 0)
      assert.deepEqual(sampler.sample().map(told), [['error', null, null]])
    }
  })

  it('tells of a partition that is broken for a while, and goes on with the others', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler()
    sampler.sample()
    const { offset } = watched.partition(MODEM_PARTITION)
    const magic = offset + PartitionHeader.offsets.magic
    const [good] = [watched.image.read32(magic)]
    watched.write(magic, 0)
    watched.poke(COUNTER, 0, 2, GLOBAL_PARTITION)
    assert.deepEqual(sampler.sample().map(told), [
      ['reset', null, MODEM],
      ['error', null, MODEM],
      ['gone', MODEM_COUNTER, MODEM],
      ['changed', COUNTER, null, 'count 1 -> 2'],
    ])
    assert.deepEqual(sampler.sample(), [])
    watched.write(magic, good!)
    assert.deepEqual(
      sampler.sample().map(({ kind, id }) => [kind, id]),
      [['item', MODEM_COUNTER]],
    )
  })

  it('survives a decoder that throws, whatever it throws', () => {
    const moody = {
      ...counter,
      decode: (item: Parameters<typeof counter.decode>[0]) => {
        if (item.peek(u32, 0) === 13) throw new RangeError('not thirteen')
        return counter.decode(item)
      },
    }
    using watched = new WatchedSoc(v12(), [moody])
    const sampler = watched.smem.sampler({ items: [COUNTER] })
    sampler.sample()
    watched.poke(COUNTER, 0, 13, GLOBAL_PARTITION)
    const [event] = sampler.sample()
    assert.deepEqual([event!.kind, event!.fields, event!.error!.code], ['changed', null, 'EINVAL'])
    assert.match(event!.error!.message, /not thirteen/)
    assert.deepEqual(event!.words, [{ offset: 0, before: 1, after: 13 }])
    assert.equal(sampler.find(COUNTER)!.fields, null)
    watched.poke(COUNTER, 0, 14, GLOBAL_PARTITION)
    assert.deepEqual(sampler.sample().map(told), [['changed', COUNTER, null, 'count 1 -> 14']])
  })

  it('decodes anew what looks into another item, when that one changes, comes or goes', () => {
    const sum = defineDecoder({
      name: 'sum',
      items: [PLAIN],
      decode: (item) => {
        const own = item.read('own', u32, 0)
        return { own, other: item.sibling(COUNTER)?.peek(u32, 0) ?? null }
      },
    })
    using watched = new WatchedSoc(v12(), [sum])
    const sampler = watched.smem.sampler({ items: [PLAIN] })
    sampler.sample()
    // Changed before it was known to be of interest: that sample tells, too.
    watched.poke(COUNTER, 0, 5, GLOBAL_PARTITION)
    const events = sampler.sample()
    assert.deepEqual(events.map(told), [['changed', PLAIN, null, 'other 1 -> 5']])
    assert.equal(events[0]!.bytes, null)
    watched.poke(COUNTER, 0, 6, GLOBAL_PARTITION)
    assert.deepEqual(sampler.sample().map(told), [['changed', PLAIN, null, 'other 5 -> 6']])
    watched.poke(COUNTER, 4, 99, GLOBAL_PARTITION)
    assert.deepEqual(sampler.sample(), [])
  })

  it('has each item as it was at the last sample', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler()
    sampler.sample()
    watched.poke(COUNTER, 0, 8, GLOBAL_PARTITION)
    assert.equal(sampler.find(COUNTER)!.fields!.get('count'), 1)
    sampler.sample()
    assert.equal(sampler.find(COUNTER)!.fields!.get('count'), 8)
    assert.equal(sampler.bytesOf(sampler.find(COUNTER)!).readUInt32LE(0), 8)
    assert.equal(sampler.find(MODEM_COUNTER)!.item.host, MODEM)
    assert.equal(sampler.find(MODEM_COUNTER, null), null)
    assert.equal(sampler.find(COUNTER, 5)!.item.id, COUNTER)
    assert.equal(sampler.find(COUNTER, MODEM), null)
  })

  it('refuses what is no id and no host', () => {
    using watched = new WatchedSoc(v12())
    for (const item of [-1, 1.5, 0x10000, { id: 1, host: -1 }, { host: 0x10000 }]) {
      assert.throws(() => watched.smem.sampler({ items: [item] }), { code: 'EINVAL' })
    }
  })

  it('is of no use once its Smem is closed', () => {
    using watched = new WatchedSoc(v12())
    const sampler = watched.smem.sampler()
    sampler.sample()
    watched.smem.close()
    assert.throws(() => sampler.sample(), { code: 'EBADF' })
    assert.throws(() => watched.smem.sampler(), { code: 'EBADF' })
  })
})

describe('smem.watch()', () => {
  it('gives the events of one sample after the other', async () => {
    using watched = new WatchedSoc(v12())
    const seen: unknown[] = []
    for await (const event of watched.smem.watch({ items: [COUNTER], interval: 1 })) {
      seen.push(told(event))
      if (seen.length === 3) break
      watched.poke(COUNTER, 0, 10 + seen.length, GLOBAL_PARTITION)
    }
    assert.deepEqual(seen, [
      ['item', COUNTER, null, 'count null -> 1', 'limit null -> 7'],
      ['changed', COUNTER, null, 'count 1 -> 11'],
      ['changed', COUNTER, null, 'count 11 -> 12'],
    ])
  })

  it('ends with the reason of its signal, before and during a wait', async () => {
    using watched = new WatchedSoc(v12())
    const reason = new Error('enough')
    const early = watched.smem.watch({ signal: AbortSignal.abort(reason) })
    await assert.rejects(early.next(), reason)
    const abort = new AbortController()
    const events = watched.smem.watch({ items: [PLAIN], interval: 60_000, signal: abort.signal })
    assert.equal((await events.next()).value!.id, PLAIN)
    const waiting = events.next()
    abort.abort(reason)
    await assert.rejects(waiting, reason)
    assert.deepEqual(await events.next(), { value: undefined, done: true })
  })

  it('ends with EBADF when its Smem is closed', async () => {
    using watched = new WatchedSoc(v12())
    const events = watched.smem.watch({ items: [PLAIN], interval: 1 })
    await events.next()
    watched.smem.close()
    await assert.rejects(events.next(), { code: 'EBADF' })
  })

  it('refuses an interval that cannot be kept', () => {
    using watched = new WatchedSoc(v12())
    for (const interval of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => watched.smem.watch({ interval }), { code: 'EINVAL', origin: 'input' })
    }
  })
})

describe('the rhythm of a watch', () => {
  it('leaves out what a late reader has missed, and does not catch up', async () => {
    const before = performance.now()
    using rhythm = new Rhythm(5)
    const start = performance.now()
    while (performance.now() - start < 23) {}
    const [late, next] = [await rhythm.next(), await rhythm.next()]
    // Late by four: those are gone, and what follows are times that were due.
    assert.ok(late >= 5 && next > late, `${late}, ${next}`)
    assert.ok(performance.now() - before >= next * 5 - 2)
  })
})
