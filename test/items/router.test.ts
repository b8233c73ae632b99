// SPDX-License-Identifier: MIT
// What routers leave of their boot, on ids of their own and on borrowed ones.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { record } from './golden/dual-boot.js'
import { golden as tried } from './golden/dual-boot-ipq806x.js'
import { type Golden, written } from './golden/golden.js'
import { golden as words } from './golden/router-boot.js'
import { golden as old } from './golden/router-boot-ipq806x.js'
import { golden as machine } from './golden/router-machine.js'

const values = (items: readonly Golden[]) =>
  Object.assign({}, ...items.map(({ id, bytes }) => decode(id, bytes)))
const decoderOf = (id: number, bytes: Uint8Array) => dissect(id, bytes)?.decoder ?? null

describe('the boot words of a router', () => {
  it('have a name each', () => {
    assert.deepEqual(values(words), {
      flashType: 11,
      flashTypeName: 'QSPI NAND',
      flashIndex: 2,
      flashChipSelect: 1,
      flashBlockSize: 0x20000,
      flashDensity: 0x10000000,
      partitionTableOffset: 0x140000,
      spiFlashAddressLength: 4,
      atfEnable: 1,
    })
    assert.deepEqual(values(old.slice(0, 6)), {
      flashType: 2,
      flashTypeName: 'NAND',
      flashIndex: 0,
      flashChipSelect: 1,
      flashBlockSize: 0x10000,
      flashDensity: 0x2000000,
      partitionTableOffset: 0x40000,
    })
    assert.deepEqual(values(machine), { format: 1, machineId: 0x8010200 })
  })

  it('have a null name where the type is unknown', () => {
    assert.deepEqual(decode(498, written(4, [[0, 9]])), { flashType: 9, flashTypeName: null })
  })

  it('are refused in less than a word', () => {
    assert.throws(() => decode(498, written(3, [])), { code: 'EINVAL', item: 498 })
  })

  it('are taken for crash reasons where they are text, or too long for a word', () => {
    assert.equal(decoderOf(421, written(8, [[0, 2]])), 'router-boot-ipq806x')
    assert.equal(decoderOf(421, written(8, [[0, 'dead']])), 'crash-reason')
    assert.equal(decoderOf(421, written(16, [[0, 2]])), 'crash-reason')
    assert.equal(decoderOf(425, written(8, [[0, 1]])), 'router-machine')
    assert.equal(decoderOf(425, written(81, [])), 'crash-reason')
  })

  it('are left to SMP2P where they start with its magic', () => {
    const smp2p = written(340, [
      [0, '$SMP'],
      [4, 1, 1],
      [12, 16, 2],
    ])
    for (const id of [427, 428, 482, 483, 484]) assert.equal(decoderOf(id, smp2p), 'smp2p')
  })
})

describe('the dual boot record of a router', () => {
  const changed = (offset: number, value: number) => {
    const bytes = Buffer.from(record)
    bytes.writeUInt32LE(value, offset)
    return bytes
  }

  it('says which copy of each partition is in use', () => {
    const { value, notes, fields } = dissect(503, record)!
    assert.deepEqual(value, {
      trying: false,
      age: 7,
      count: 3,
      partitions: [
        { name: '0:QSEE', primaryBoot: 0 },
        { name: '0:APPSBL', primaryBoot: 1 },
        { name: 'rootfs', primaryBoot: 1 },
      ],
    })
    assert.deepEqual(notes, [])
    assert.deepEqual(fields.at(-1), { path: 'partitions[2].primaryBoot', offset: 0x44, size: 4 })
  })

  it('is the same on older ids, by its magic', () => {
    for (const { id, bytes } of tried) {
      const { decoder, value } = dissect(id, bytes)!
      assert.equal(decoder, 'dual-boot-ipq806x')
      assert.deepEqual(value, {
        trying: true,
        age: 1,
        count: 1,
        partitions: [{ name: 'rootfs', primaryBoot: 1 }],
      })
    }
  })

  it('misses its end', () => {
    const { notes } = dissect(503, changed(0xac, 0))!
    assert.deepEqual(notes, ['the magic at its end, 0xb3b2b1b0, is missing'])
  })

  it('is cut off where the item ends, and says so', () => {
    const { value, notes } = dissect(503, changed(8, 0xffffffff))!
    assert.equal((value as { partitions: unknown[] }).partitions.length, 8)
    assert.deepEqual(notes, ['4294967295 partitions are counted, and there is room for 8'])
  })

  it('is refused without its magic, and in 11 bytes', () => {
    assert.throws(() => decode(503, changed(0, 0)), { code: 'EINVAL', item: 503 })
    assert.throws(() => decode(503, record.subarray(0, 11)), { code: 'EINVAL' })
    assert.deepEqual((decode(503, record.subarray(0, 12)) as { partitions: [] }).partitions, [])
  })
})
