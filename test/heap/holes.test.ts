// SPDX-License-Identifier: MIT
// What of region 0 is nobody's business but two others'.

import assert from 'node:assert/strict'
import { between, untouchable } from '#lib/heap/holes.js'
import { BytesPort } from '#lib/port/bytes.js'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'

const size = 0xa000
/** Partitions from 0x3000 on, one after the other. */
const description: ImageDescription = {
  version: 12,
  base: 0x86000000,
  size,
  partitions: [
    { global: true, size: 0x1000 },
    { host0: 1, host1: 5, size: 0x1000 },
    { host0: 5, host1: 2, size: 0x1000 },
    { host0: 0, host1: 1, size: 0x1000 },
    { host0: 2, host1: 3, size: 0x2000 },
  ],
}
const TABLE = size - 4096
const bytes = () => Buffer.from(buildImage(description).bytes)
const portOf = (image: Uint8Array) => new BytesPort(image, { base: 0x86000000 })
const apps = { localHost: 0, foreign: false }

describe('the holes of a region', () => {
  it('are the partitions between two others, those that touch as one', () => {
    assert.deepEqual(untouchable(portOf(bytes()), apps), [
      { offset: 0x4000, size: 0x2000 },
      { offset: 0x7000, size: 0x2000 },
    ])
  })

  it('are others for another host, and none in a dump', () => {
    assert.deepEqual(untouchable(portOf(bytes()), { localHost: 5, foreign: false }), [
      { offset: 0x6000, size: 0x3000 },
    ])
    assert.deepEqual(untouchable(portOf(bytes()), { localHost: 0, foreign: true }), [])
  })

  it('are of whole words, and never the header or the table', () => {
    const image = bytes()
    // Entry 1 of the table: from the middle of the header, with an odd end; entry 4 leaves the region.
    image.writeUInt32LE(0x1002, TABLE + 32 + 48)
    image.writeUInt32LE(0x2001, TABLE + 32 + 48 + 4)
    image.writeUInt32LE(TABLE - 3, TABLE + 32 + 4 * 48)
    image.writeUInt32LE(0xffffffff, TABLE + 32 + 4 * 48 + 4)
    assert.deepEqual(untouchable(portOf(image), apps), [
      { offset: 0x20d0, size: 0x3004 - 0x20d0 },
      { offset: 0x5000, size: 0x1000 },
      { offset: TABLE - 4, size: 4 },
    ])
  })

  it('are all that is left of a region whose table makes no sense', () => {
    const all = [{ offset: 0x20d0, size: TABLE - 0x20d0 }]
    const unknown = bytes()
    unknown.writeUInt32LE(2, TABLE + 4)
    assert.deepEqual(untouchable(portOf(unknown), apps), all)
    const none = bytes()
    none.writeUInt32LE(0, TABLE)
    assert.deepEqual(untouchable(portOf(none), apps), all)
    assert.deepEqual(untouchable(portOf(Buffer.alloc(size)), apps), all)
  })

  it('are none of a version 11 without a table, which has no partitions', () => {
    const old = buildImage({ version: 11, base: 0x86000000, size, global: [{ id: 9, data: 'x' }] })
    assert.deepEqual(untouchable(portOf(old.bytes), apps), [])
  })

  it('are none of a region that is too short for any', () => {
    assert.deepEqual(untouchable(portOf(Buffer.alloc(100)), apps), [])
  })
})

describe('what is between holes', () => {
  it('is the rest, in order', () => {
    const holes = [
      { offset: 0, size: 4 },
      { offset: 8, size: 8 },
      { offset: 20, size: 12 },
    ]
    assert.deepEqual(between(holes, 32), [
      { offset: 4, size: 4 },
      { offset: 16, size: 4 },
    ])
    assert.deepEqual(between([], 7), [{ offset: 0, size: 7 }])
    assert.deepEqual(between([{ offset: 0, size: 7 }], 7), [])
  })
})
