// SPDX-License-Identifier: MIT
// Item 402, the RAM partition table, in each of its versions.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import {
  version0,
  version0Late,
  version0LateIn,
  version1,
  version2,
  version3,
} from './golden/ram-partitions.js'

interface Table {
  version: number
  count: number
  partitions: Record<string, unknown>[]
}

const table = (bytes: Uint8Array) => decode(402, bytes) as unknown as Table
const changed = (bytes: Uint8Array, offset: number, value: number) => {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(value, offset)
  return copy
}
const sdram = {
  category: 14,
  categoryName: 'SDRAM',
  type: 1,
  typeName: 'system memory',
}
const readWrite = { attribute: 1, attributeName: 'read-write' }

describe('the RAM partition table', () => {
  it('has 56-byte entries at 0x14 in version 0, one of which may grow', () => {
    const { value, notes } = dissect(402, version0)!
    const [first, second] = (value as unknown as Table).partitions
    assert.deepEqual(first, {
      name: 'EBI1_CS0',
      start: '0x80000000',
      length: 0x20000000,
      ...readWrite,
      category: 8,
      categoryName: 'EBI1_CS0',
      domain: 1,
      domainName: 'apps',
      type: 1,
      typeName: 'system memory',
      numPartitions: 1,
      grows: false,
    })
    assert.deepEqual(second, {
      name: 'IMEM',
      start: '0x2a000000',
      length: 0xffffffff,
      attribute: 0xffffffff,
      attributeName: 'default',
      category: 5,
      categoryName: 'IMEM',
      domain: 0,
      domainName: 'default',
      type: 99,
      typeName: null,
      numPartitions: 0,
      grows: true,
    })
    assert.match(notes.join(), /entries taken at 20; .* make sense there/)
  })

  it('has them at 0x18 where only that makes sense', () => {
    const { value, notes } = dissect(402, version0Late)!
    const [only] = (value as unknown as Table).partitions
    assert.deepEqual([only!.start, only!.length, only!.category], ['0x40000000', 0x10000000, 14])
    assert.match(notes.join(), /entries taken at 24; .* make sense there/)
  })

  it('has them at 0x18 whatever their domain, though its number is that of a type', () => {
    for (const [domain, domainName] of ['default', 'apps', 'modem', 'shared'].entries()) {
      const { value, notes } = dissect(402, version0LateIn(domain))!
      const [first, second] = (value as unknown as Table).partitions
      assert.deepEqual(first, {
        name: 'ram',
        start: '0x80000000',
        length: 0x10000000,
        ...readWrite,
        ...sdram,
        domain,
        domainName,
        numPartitions: 1,
        grows: false,
      })
      assert.deepEqual([second!.name, second!.start, second!.grows], ['rest', '0x90000000', true])
      assert.match(notes.join(), /entries taken at 24; .* make sense there/)
    }
  })

  it('has them at 0x14 whatever their domain', () => {
    for (const domain of [0, 1, 2, 3]) {
      const { value, notes } = dissect(402, changed(version0, 0x34, domain))!
      const [first] = (value as unknown as Table).partitions
      assert.deepEqual([first!.name, first!.domain], ['EBI1_CS0', domain])
      assert.match(notes.join(), /entries taken at 20; .* make sense there/)
    }
  })

  it('has them at 0x14 where neither place makes sense', () => {
    const { notes } = dissect(402, changed(version0Late, 0x3c, 77))!
    assert.match(notes.join(), /entries taken at 20; .* make no sense anywhere/)
  })

  it('has 64-byte entries in version 1', () => {
    const { version, count, partitions } = table(version1)
    assert.deepEqual([version, count], [1, 2])
    assert.deepEqual(partitions[0], {
      name: 'one',
      start: '0x80000000',
      length: 0x40000000,
      ...readWrite,
      ...sdram,
      domain: 1,
      domainName: 'apps',
      numPartitions: 1,
      hwInfo: 7,
    })
    assert.equal(partitions[1]!.start, '0x880000000')
    assert.equal(partitions[1]!.length, 0x180000000)
  })

  it('has 72-byte entries in versions 2 and 3', () => {
    for (const [version, bytes] of [version2, version3].entries()) {
      const { partitions, ...head } = table(bytes)
      assert.deepEqual(head, { version: version + 2, count: 2 })
      assert.deepEqual(partitions[0], {
        name: '',
        start: '0x80000000',
        length: 0x80000000,
        ...readWrite,
        ...sdram,
        domain: 0,
        domainName: 'default',
        numPartitions: 1,
        hwInfo: 2,
        highestBankBit: 15,
        minPasrMib: 64,
        availableLength: 0x7fe00000,
      })
      const { start, type, typeName, highestBankBit } = partitions[1]!
      assert.deepEqual([start, type, typeName], ['0x100000000', 9, 'ABL'])
      assert.equal(highestBankBit, 16)
    }
  })

  it('of a newer version is decoded as version 3, with a note', () => {
    const { value, notes } = dissect(402, changed(version3, 8, 4))!
    assert.equal((value as unknown as Table).partitions.length, 2)
    assert.deepEqual(notes, ['version 4 is newer than 3; decoded as that'])
  })

  it('never has more entries than 32, nor than the item has room for', () => {
    const many = changed(version2, 16, 0xffffffff)
    assert.equal(table(many).partitions.length, 32)
    assert.equal(table(Buffer.concat([many, Buffer.alloc(1 << 20)])).partitions.length, 32)
    const { value, notes } = dissect(402, version2.subarray(0, 0x18 + 72 + 71))!
    assert.equal((value as unknown as Table).partitions.length, 1)
    assert.deepEqual(notes, ['2 partitions are counted, and there is room for 1'])
  })

  it('is empty in its 20 bytes, and refused in 19 or without its magic', () => {
    assert.deepEqual(table(version0.subarray(0, 20)).partitions, [])
    assert.deepEqual(dissect(402, changed(version0, 16, 0))!.notes, [])
    assert.throws(() => table(version0.subarray(0, 19)), { code: 'EINVAL', item: 402 })
    for (const offset of [0, 4]) {
      assert.throws(() => table(changed(version1, offset, 1)), { code: 'EINVAL' })
    }
  })
})
