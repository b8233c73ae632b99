// SPDX-License-Identifier: MIT
// Item 9, the flash partition table.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { golden } from './golden/flash-partitions.js'

interface Table {
  version: number
  count: number
  partitions: { name: string; start: number; length: number; toTheEnd: boolean }[]
}

const [version3, ...version4] = golden.map(({ bytes }) => Buffer.from(bytes)) as [Buffer, Buffer]
const table = (bytes: Uint8Array) => decode(9, bytes) as unknown as Table
const changed = (offset: number, value: number) => {
  const bytes = Buffer.from(version3)
  bytes.writeUInt32LE(value, offset)
  return bytes
}

describe('the flash partition table', () => {
  it('has the used slots of version 3, with what reaches to the end', () => {
    assert.deepEqual(table(version3), {
      version: 3,
      count: 4,
      partitions: [
        { name: '0:SBL1', start: 0, length: 8, attributes: 0xff, toTheEnd: false },
        { name: '0:MIBIB', start: 8, length: 8, attributes: 0x0101ff, toTheEnd: false },
        // Sixteen letters, without a NUL.
        { name: '0:EIGHTEEN_CHARS', start: 16, length: 0xffffffff, attributes: 0, toTheEnd: true },
      ],
    })
  })

  it('has as many slots in version 4 as count and size say', () => {
    for (const bytes of version4) {
      const { partitions, count } = table(bytes)
      assert.equal(count, (bytes.length - 16) / 28)
      assert.deepEqual(
        partitions.map(({ name, start, length }) => [name, start, length]),
        [
          ['0:APPSBL', 0x40, 5],
          ['rootfs', 0x200, 0x100],
        ],
      )
    }
  })

  it('names the bytes of a partition by its place in the value, not in the table', () => {
    const { fields } = dissect(9, version3)!
    assert.deepEqual(
      fields.find(({ path }) => path === 'partitions[2].start'),
      { path: 'partitions[2].start', offset: 0x74, size: 4 },
    )
  })

  it('is cut off where the item ends, and says so', () => {
    const { value, notes } = dissect(9, version3.subarray(0, 16 + 28 + 27))!
    assert.equal((value as unknown as Table).partitions.length, 1)
    assert.deepEqual(notes, ['4 partitions are counted, and there is room for 1'])
    const hostile = dissect(9, changed(12, 0xffffffff))!
    assert.equal((hostile.value as unknown as Table).count, 0xffffffff)
    assert.deepEqual(hostile.notes, ['4294967295 partitions are counted, and there is room for 16'])
  })

  it('is empty in 16 bytes, and refused in 15', () => {
    assert.deepEqual(table(changed(12, 0).subarray(0, 16)).partitions, [])
    assert.throws(() => table(version3.subarray(0, 15)), { code: 'EINVAL' })
  })

  it('of a newer version is decoded with a note', () => {
    const { value, notes } = dissect(9, changed(8, 5))!
    assert.equal((value as unknown as Table).partitions.length, 3)
    assert.deepEqual(notes, ['version 5 is newer than 4; decoded as that'])
  })

  it('is refused without its magic', () => {
    for (const offset of [0, 4]) {
      assert.throws(() => decode(9, changed(offset, 0)), { code: 'EINVAL', item: 9 })
    }
  })
})
