// SPDX-License-Identifier: MIT
// Item 602, the table of minidumps.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'
import { ten, thirty } from './golden/minidump.js'

describe('the minidump table', () => {
  it('has the subsystems that are set up, with their places and tags as text', () => {
    const { value, fields, notes } = dissect(602, ten)!
    assert.deepEqual(value, {
      status: 1,
      revision: 2,
      enabled: 'ENBL',
      subsystems: [
        {
          index: 0,
          status: 1,
          enabled: 'ENBL',
          encryptionStatus: 'DONE',
          encryptionRequired: null,
          regionCount: 12,
          regions: '0x18b700000',
        },
        {
          index: 3,
          status: 2,
          enabled: '0x00000001',
          encryptionStatus: 'ENBL',
          encryptionRequired: 'ENBL',
          regionCount: 3,
          regions: '0x86700000',
        },
      ],
    })
    assert.deepEqual(fields.at(-1), { path: 'subsystems[1].regions', offset: 0x88, size: 8 })
    assert.deepEqual(notes, [])
  })

  it('has room for thirty', () => {
    const { subsystems } = decode(602, thirty) as unknown as { subsystems: { index: number }[] }
    assert.deepEqual(
      subsystems.map(({ index }) => index),
      [29],
    )
  })

  it('shows thirty of more, and says so', () => {
    const { value, notes } = dissect(602, Buffer.alloc(16 + 1000 * 32, 'A'))!
    assert.equal((value as unknown as { subsystems: [] }).subsystems.length, 30)
    assert.deepEqual(notes, ['there is room for 1000 subsystems; the first 30 are shown'])
  })

  it('is empty in 16 bytes and in 47, and refused in 15', () => {
    for (const size of [16, 47]) {
      assert.deepEqual(
        (decode(602, ten.subarray(0, size)) as unknown as { subsystems: [] }).subsystems,
        [],
      )
    }
    assert.throws(() => decode(602, ten.subarray(0, 15)), { code: 'EINVAL', item: 602 })
  })
})
