// SPDX-License-Identifier: MIT
// The bytes of well-known items, against the offsets that their readers use.

import assert from 'node:assert/strict'
import { DdrType, ddrInfo } from '#lib/testing/items/ddr-info.js'
import { glinkItems, glinkOpen, glinkVersion } from '#lib/testing/items/glink.js'
import { imageVersions, imageVersions2 } from '#lib/testing/items/image-versions.js'
import { minidump } from '#lib/testing/items/minidump.js'
import { ramPartitions } from '#lib/testing/items/ram-partitions.js'
import {
  SmdEdge,
  SmdState,
  smdAllocationTable,
  smdChannelInfo,
  smdFifo,
  smdPacket,
} from '#lib/testing/items/smd.js'
import { smp2pItem } from '#lib/testing/items/smp2p.js'
import { smsmInterruptMask, smsmSizeInfo, smsmState } from '#lib/testing/items/smsm.js'
import { socinfo } from '#lib/testing/items/socinfo.js'

const u32 = (bytes: Uint8Array, at: number) => Buffer.from(bytes).readUInt32LE(at)
const u16 = (bytes: Uint8Array, at: number) => Buffer.from(bytes).readUInt16LE(at)
const u64 = (bytes: Uint8Array, at: number) => Number(Buffer.from(bytes).readBigUInt64LE(at))
const latin1 = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes).toString('latin1', from, to)

describe('the bytes of item', () => {
  it('137, socinfo, end with the last field of their format', () => {
    const ends: [format: number, end: number][] = [
      [1, 0x2c],
      [2, 0x34],
      [3, 0x38],
      [4, 0x3c],
      [5, 0x40],
      [6, 0x44],
      [7, 0x4c],
      [8, 0x5c],
      [9, 0x60],
      [10, 0x64],
      [11, 0x6c],
      [12, 0x78],
      [13, 0x9c],
      [14, 0xac],
      [15, 0xb0],
      [16, 0xc0],
      [17, 0xc4],
      [18, 0xcc],
      [19, 0xd8],
      [20, 0xdc],
      [21, 0xe0],
      [22, 0xe4],
      [23, 0xec],
    ]
    for (const [format, end] of ends) {
      const bytes = socinfo({ format, id: 206, version: '2.1', buildId: 'build', serialNumber: 7 })
      assert.equal(bytes.length, end)
      assert.deepEqual([u32(bytes, 0), u32(bytes, 4), u32(bytes, 8)], [format, 206, 0x20001])
      assert.equal(latin1(bytes, 0x0c, 0x12), 'build\0')
      if (format >= 10) assert.equal(u32(bytes, 0x60), 7)
    }
  })

  it('137, socinfo, have their arrays behind the fixed part', () => {
    const bytes = socinfo({
      format: 16,
      pmics: [{ model: 47, dieRevision: '0.2' }],
      disabledCores: [1, 2, 3],
      disabledParts: [9, 8],
      featureCode: 3,
    })
    assert.deepEqual([u32(bytes, 0x64), u32(bytes, 0x68)], [1, 0xc0])
    assert.deepEqual([u32(bytes, 0x9c), u32(bytes, 0xa0)], [3, 0xc8])
    assert.deepEqual([u32(bytes, 0xa4), u32(bytes, 0xa8)], [2, 0xd4])
    assert.equal(u32(bytes, 0xb0), 3)
    const tail = [0xc0, 0xc4, 0xc8, 0xcc, 0xd0, 0xd4, 0xd8].map((at) => u32(bytes, at))
    assert.deepEqual(tail, [47, 2, 1, 2, 3, 9, 8])
    assert.equal(bytes.length, 0xdc)
  })

  it('469 and 667, image versions, share the images by index', () => {
    const all = {
      tz: { name: 'TZ', variant: 'V', oem: 'O' },
      devcfg: { name: 'DEVCFG' },
    }
    const first = imageVersions(all)
    const second = imageVersions2(all)
    assert.deepEqual([first.length, second.length], [4096, 4096])
    assert.equal(latin1(first, 128, 131), 'TZ\0')
    assert.equal(latin1(first, 128 + 75, 128 + 77), 'V\0')
    assert.equal(latin1(first, 128 + 96, 128 + 98), 'O\0')
    assert.equal(first[0], 0)
    assert.equal(latin1(second, 5 * 128, 5 * 128 + 6), 'DEVCFG')
    assert.equal(second.filter((byte) => byte !== 0).length, 6)
  })

  it('85, 333 and 419, SMSM, are indexed by entry, then host', () => {
    const shape = { hosts: 5, entries: 8 }
    assert.deepEqual([...new Uint32Array(smsmSizeInfo(shape).buffer)], [5, 8, 0, 0])
    assert.deepEqual([...new Uint32Array(smsmState([1, 2]).buffer)], [1, 2, 0, 0, 0, 0, 0, 0])
    const mask = smsmInterruptMask([{ entry: 3, host: 1, mask: 0x80000000 }], shape)
    assert.equal(mask.length, 160)
    assert.equal(u32(mask, (3 * 5 + 1) * 4), 0x80000000)
  })

  it('13, the SMD table, has a channel at the place of its id', () => {
    const table = smdAllocationTable([
      { cid: 63, name: 'nineteen characters', edge: SmdEdge.APPS_WCNSS, transfer: 'stream' },
    ])
    assert.equal(table.length, 2048)
    assert.equal(latin1(table, 63 * 32, 63 * 32 + 20), 'nineteen characters\0')
    assert.deepEqual(
      [20, 24, 28].map((at) => u32(table, 63 * 32 + at)),
      [63, 0x106, 1],
    )
  })

  it('14, an SMD channel, has two sides of bytes or of words', () => {
    const apps = { state: SmdState.OPENED, cts: 1, blockReadIntr: 1, tail: 5 }
    const remote = { state: SmdState.CLOSING, head: 6 }
    const narrow = smdChannelInfo('byte', apps, remote)
    assert.equal(narrow.length, 40)
    assert.deepEqual([u32(narrow, 0), narrow[5], narrow[11], u32(narrow, 12)], [2, 1, 1, 5])
    assert.deepEqual([u32(narrow, 20), u32(narrow, 36)], [4, 6])
    const wide = smdChannelInfo('word', apps, remote)
    assert.equal(wide.length, 88)
    assert.deepEqual(
      [0, 8, 0x20, 0x24, 44, 44 + 0x28].map((at) => u32(wide, at)),
      [2, 1, 1, 5, 4, 6],
    )
  })

  it('338, an SMD FIFO, has a half for each direction', () => {
    const fifo = smdFifo(64, smdPacket('to the modem'), smdPacket('from it'))
    assert.equal(fifo.length, 128)
    assert.equal(u32(fifo, 0), 12)
    assert.equal(latin1(fifo, 20, 32), 'to the modem')
    assert.equal(u32(fifo, 64), 7)
    assert.equal(latin1(fifo, 84, 91), 'from it')
  })

  it('478 to 480, GLINK, agree on what was sent', () => {
    const [descriptor, tx, rx] = glinkItems({
      sent: [glinkVersion(2)],
      received: [glinkVersion(0)],
      pending: [glinkOpen(7, 'IPCRTR')],
      remoteFifo: 0x1008,
    })
    const indices = descriptor!.data as Uint8Array
    assert.equal(indices.length, 32)
    // A version message has 8 bytes; an open one 8 and the name with its NUL, padded to 8.
    assert.deepEqual(
      [0, 4, 8, 12, 16].map((at) => u32(indices, at)),
      [8, 8, 8, 24, 0],
    )
    assert.deepEqual([tx!.id, tx!.size, rx!.id, rx!.size], [479, 0x4000, 480, 0x1008])
    const sent = tx!.data as Uint8Array
    assert.deepEqual([u16(sent, 0), u16(sent, 2), u32(sent, 4)], [0, 1, 2])
    const open = (rx!.data as Uint8Array).subarray(8)
    assert.deepEqual([u16(open, 0), u16(open, 2), u32(open, 4)], [2, 7, 7])
    assert.equal(latin1(open, 8, 16), 'IPCRTR\0\0')
  })

  it('427 and its like, SMP2P, name writer and reader in id and header', () => {
    const pairs: [from: number, to: number, id: number][] = [
      [0, 1, 428],
      [1, 0, 435],
      [2, 0, 443],
      [3, 0, 481],
      [4, 0, 451],
      [0, 5, 432],
      [5, 0, 94],
      [6, 0, 459],
      [7, 0, 489],
      [0, 13, 616],
      [13, 0, 617],
    ]
    for (const [from, to, id] of pairs) {
      const item = smp2pItem({ from, to, entries: { 'slave-kernel': 6, stop: 0x80000000 } })
      assert.equal(item.id, id)
      assert.equal(item.data.length, 340)
      assert.equal(latin1(item.data, 0, 4), '$SMP')
      assert.equal(u32(item.data, 4), 0x101)
      assert.deepEqual(
        [8, 10, 12, 14].map((at) => u16(item.data, at)),
        [from, to, 16, 2],
      )
      assert.equal(latin1(item.data, 20, 36), 'slave-kernel\0\0\0\0')
      assert.equal(u32(item.data, 36), 6)
      assert.equal(u32(item.data, 56), 0x80000000)
    }
  })

  it('402, RAM partitions, have 64-byte entries in version 1 and 72-byte ones later', () => {
    const banks = [
      { start: 0x80000000, length: 0x40000000 },
      { start: 0x880000000, length: 0x180000000, highestBankBit: 16 },
    ]
    for (const [version, entry, total] of [
      [1, 64, 2072],
      [2, 72, 2328],
      [3, 72, 2328],
    ] as const) {
      const bytes = ramPartitions(version, banks)
      assert.equal(bytes.length, total)
      assert.deepEqual(
        [0, 4, 8, 16].map((at) => u32(bytes, at)),
        [0x9da5e0a8, 0xaf9ec4e2, version, 2],
      )
      const second = 24 + entry
      assert.deepEqual(
        [u64(bytes, second + 16), u64(bytes, second + 24)],
        [0x880000000, 0x180000000],
      )
      assert.deepEqual([u32(bytes, second + 36), u32(bytes, second + 44)], [14, 1])
      if (version === 1) continue
      assert.equal(bytes[second + 56], 16)
      assert.equal(u64(bytes, second + 64), 0x180000000)
    }
  })

  it('603, DDR info, have the size and the fields of version 5', () => {
    const bytes = ddrInfo({
      manufacturer: 6,
      deviceType: DdrType.LPDDR4X,
      frequenciesKHz: [200000, 2092800],
      channels: 2,
      highestBankBit: 15,
      regions: [
        { start: 0x80000000, size: 0x80000000 },
        { start: 0x100000000, size: 0x100000000 },
      ],
    })
    assert.equal(bytes.length, 424)
    assert.deepEqual([...bytes.subarray(0, 2)], [6, 7])
    assert.deepEqual([u16(bytes, 6), u16(bytes, 14), u16(bytes, 22)], [16, 16, 0])
    assert.deepEqual([u32(bytes, 80), bytes[84], bytes[184]], [2092800, 1, 2])
    assert.deepEqual([u32(bytes, 200), bytes[208], u32(bytes, 216)], [2092800, 2, 2])
    assert.deepEqual(
      [u64(bytes, 224), u64(bytes, 240), u32(bytes, 256)],
      [0x180000000, 0x80000000, 15],
    )
    assert.deepEqual([u64(bytes, 304), u64(bytes, 312)], [0x100000000, 0x100000000])
  })

  it('602, minidump, have a 32-byte record for each subsystem', () => {
    const bytes = minidump([{ index: 2, regionCount: 3, regions: 0x1_8b70_0000 }])
    assert.equal(bytes.length, 16 + 10 * 32)
    assert.equal(u32(bytes, 8), 0x454e424c)
    const at = 16 + 2 * 32
    assert.deepEqual(
      [4, 8, 16].map((field) => u32(bytes, at + field)),
      [0x454e424c, 0x444f4e45, 3],
    )
    assert.equal(u64(bytes, at + 24), 0x1_8b70_0000)
  })
})
