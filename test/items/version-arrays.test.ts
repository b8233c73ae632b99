// SPDX-License-Identifier: MIT
// Item 3 and the items 107 to 131: 32 words, the major half above.

import assert from 'node:assert/strict'
import { decode, dissect } from './decode.js'

const versions = () => {
  const bytes = Buffer.alloc(128)
  bytes.writeUInt32LE(0x000b2002, 7 * 4)
  bytes.writeUInt32LE(0x00000001, 31 * 4)
  return bytes
}

describe('a version array', () => {
  it('has the words that are not 0, with their owners', () => {
    for (const id of [3, 107, 110, 120, 131]) {
      assert.deepEqual(decode(id, versions()), [
        { index: 7, owner: 'master SBL', major: 11, minor: 0x2002 },
        { index: 31, owner: null, major: 0, minor: 1 },
      ])
    }
    assert.equal(decode(132, versions()), null)
    assert.deepEqual(decode(3, Buffer.alloc(128)), [])
  })

  it('names the bytes of each half', () => {
    const { fields } = dissect(3, versions())!
    assert.deepEqual(fields, [
      { path: '[0].minor', offset: 28, size: 2 },
      { path: '[0].major', offset: 30, size: 2 },
      { path: '[1].minor', offset: 124, size: 2 },
      { path: '[1].major', offset: 126, size: 2 },
    ])
  })

  it('is EINVAL with fewer than 32 words, and may be followed by padding', () => {
    assert.throws(() => decode(107, Buffer.alloc(127)), { code: 'EINVAL', item: 107 })
    assert.deepEqual(
      decode(107, Buffer.concat([versions(), Buffer.alloc(8, 1)])),
      decode(107, versions()),
    )
  })
})
