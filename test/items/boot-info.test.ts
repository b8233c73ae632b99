// SPDX-License-Identifier: MIT
// What boot loaders leave: items 403 and 418, on bytes laid by hand.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'

const laid = (size: number, ...words: [at: number, value: number][]) => {
  const bytes = Buffer.alloc(size)
  for (const [at, value] of words) bytes.writeUInt32LE(value, at)
  return bytes
}

describe('the power-on status', () => {
  it('names its bits, and says which names are convention', () => {
    const { value, notes } = dissect(403, laid(4, [0, 0x163]))!
    assert.deepEqual(value, {
      status: 0x163,
      statusBits: ['KEY', 'RTC_ALARM', 'USB_CHARGER', 'WALL_CHARGER', 'bit8'],
    })
    assert.deepEqual(notes, ['named by convention, not by a public source: KEY'])
    assert.deepEqual(dissect(403, laid(8, [0, 0x62]))!.notes, [])
    assert.throws(() => decode(403, Buffer.alloc(3)), { code: 'EINVAL', item: 403 })
  })
})

describe('the boot info for apps', () => {
  it('of 12 bytes has flags and status', () => {
    assert.deepEqual(decode(418, laid(12, [0, 1], [4, 2], [8, 3])), {
      layout: 'boot info',
      ...{ bootFlags: 1, updateStatus: 2, errorCode: 3 },
    })
  })

  it('of 16 bytes is told by its first word: an address, or flags', () => {
    const image = dissect(418, laid(16, [0, 0x00200000], [4, 1], [8, 2], [12, 3]))!
    assert.deepEqual(image.value, {
      layout: 'boot info of MSM7K',
      appsImageStart: '0x00200000',
      ...{ bootFlags: 1, updateStatus: 2, errorCode: 3 },
    })
    const flags = dissect(418, laid(16, [0, 1]))!
    assert.equal((flags.value as { layout: string }).layout, 'boot info')
    for (const { notes } of [image, flags]) assert.match(notes[0]!, /^16 bytes can be two layouts/)
  })

  it('of 112 bytes is of MSM7x30, of 140 of MSM7x27A; key and iv are masked', () => {
    const older = laid(
      112,
      [0, 32],
      [4, 16],
      [72, 5],
      [76, 9],
      [92, 8],
      [96, 7],
      [100, 6],
      [104, 4],
    )
    older.fill(0xaa, 8, 72)
    const first = dissect(418, older)!
    assert.deepEqual(first.value, {
      layout: 'boot info of MSM7x30',
      ...{ keyLength: 32, ivLength: 16, key: 'masked', iv: 'masked', bootFlags: 5 },
      ...{ keysPressed: [9, 0, 0, 0, 8], timeTick: 7, updateStatus: 6, errorCode: 4 },
    })
    const newer = laid(144, [0, 0x200000], [4, 5], [8, 6], [12, 4], [16, 32], [20, 16], [108, 7])
    newer.fill(0xbb, 24, 88)
    newer.writeUInt16LE(9, 88)
    newer.writeUInt16LE(8, 106)
    const second = dissect(418, newer)!
    assert.deepEqual(second.value, {
      layout: 'boot info of MSM7x27A',
      ...{ appsImageStart: '0x00200000', bootFlags: 5, updateStatus: 6, errorCode: 4 },
      ...{ keyLength: 32, ivLength: 16, key: 'masked', iv: 'masked' },
      ...{ keysPressed: [9, 0, 0, 0, 0, 0, 0, 0, 0, 8], timeTick: 7 },
    })
    for (const { notes, fields } of [first, second]) {
      assert.match(notes[0]!, /masked/)
      assert.equal(fields.find(({ path }) => path === 'key')!.size, 32)
    }
  })

  it('of any other size is EINVAL', () => {
    for (const size of [0, 11, 20, 111, 120, 139, 148, 4096]) {
      assert.throws(() => decode(418, Buffer.alloc(size)), { code: 'EINVAL', item: 418 })
    }
    for (const size of [12, 15, 112, 119, 140, 147]) decode(418, Buffer.alloc(size))
  })
})
