// SPDX-License-Identifier: MIT
// The global heap of built images, against offsets worked out by hand.

import assert from 'node:assert/strict'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'

const base: ImageDescription = { version: 11, base: 0x86300000, size: 0x4000 }

/** allocated, offset, size and aux_base of TOC record `id`. */
function record(bytes: Uint8Array, id: number): number[] {
  const at = 0xd0 + 16 * id
  return [0, 4, 8, 12].map((field) => Buffer.from(bytes).readUInt32LE(at + field))
}

/** initialized, free_offset, available and reserved. */
function heapInfo(bytes: Uint8Array): number[] {
  return [0xc0, 0xc4, 0xc8, 0xcc].map((at) => Buffer.from(bytes).readUInt32LE(at))
}

const smem = { name: 'SmemError' }

describe('the table of contents of an image', () => {
  it('has items one after the other behind the header, sizes rounded up to 8', () => {
    const { bytes } = buildImage({
      ...base,
      global: [
        { id: 137, data: 'thirteen bytes'.slice(0, 13) },
        { id: 469, size: 4096 },
        { id: 8, data: new Uint8Array([1, 2, 3, 4]) },
      ],
    })
    assert.deepEqual(record(bytes, 137), [1, 0x20d0, 16, 0])
    assert.deepEqual(record(bytes, 469), [1, 0x20e0, 4096, 0])
    assert.deepEqual(record(bytes, 8), [1, 0x30e0, 8, 0])
    assert.equal(
      Buffer.from(bytes).toString('latin1', 0x20d0, 0x20e0),
      'thirteen bytes'.slice(0, 13).padEnd(16, '\0'),
    )
    assert.deepEqual([...bytes.subarray(0x30e0, 0x30e8)], [1, 2, 3, 4, 0, 0, 0, 0])
    assert.deepEqual(heapInfo(bytes), [1, 0x30e8, 0x4000 - 0x30e8, 0])
    assert.deepEqual(record(bytes, 138), [0, 0, 0, 0])
  })

  it('names the structures of the header as items 0 to 3 where asked', () => {
    const { bytes } = buildImage({ ...base, fixedItems: true })
    assert.deepEqual(record(bytes, 0), [1, 0, 64, 0])
    assert.deepEqual(record(bytes, 1), [1, 0xc0, 16, 0])
    assert.deepEqual(record(bytes, 2), [1, 0xd0, 8192, 0])
    assert.deepEqual(record(bytes, 3), [1, 0x40, 128, 0])
    assert.deepEqual(heapInfo(bytes), [1, 0x20d0, 0x4000 - 0x20d0, 0])
    assert.deepEqual(record(buildImage(base).bytes, 1), [0, 0, 0, 0])
  })

  it('puts items into the auxiliary region that they name, from its start', () => {
    const image = buildImage({
      ...base,
      auxiliary: [
        { base: 0x60000, size: 0x100 },
        { base: 0xfc428000, size: 0x20 },
      ],
      global: [
        { id: 20, data: 'rpm', region: 0x60000 },
        { id: 21, data: 'main' },
        { id: 22, data: 'rpm too', size: 9, region: 0x60000, reservedBits: 3 },
        { id: 23, data: 'other', size: 0x20, region: 0xfc428000, reservedBits: 1 },
      ],
    })
    const { bytes } = image
    assert.deepEqual(record(bytes, 20), [1, 0, 8, 0x60000])
    assert.deepEqual(record(bytes, 21), [1, 0x20d0, 8, 0])
    assert.deepEqual(record(bytes, 22), [1, 8, 16, 0x60003])
    assert.deepEqual(record(bytes, 23), [1, 0, 0x20, 0xfc428001])
    const [, rpm, other] = image.regions
    assert.equal(
      Buffer.from(rpm!.bytes).toString('latin1', 0, 24),
      'rpm\0\0\0\0\0rpm too'.padEnd(24, '\0'),
    )
    assert.equal(Buffer.from(other!.bytes).toString('latin1', 0, 5), 'other')
    assert.deepEqual(
      image.regions.map((region) => [region.base, region.bytes.length]),
      [
        [0x86300000, 0x4000],
        [0x60000, 0x100],
        [0xfc428000, 0x20],
      ],
    )
    assert.deepEqual(heapInfo(bytes), [1, 0x20d8, 0x4000 - 0x20d8, 0])
  })

  it('ends below the partition table, and below the first partition', () => {
    const table = buildImage({ ...base, partitions: [] })
    assert.deepEqual(heapInfo(table.bytes), [1, 0x20d0, 0x3000 - 0x20d0, 0])
    const partition = buildImage({
      ...base,
      size: 0x6000,
      partitions: [{ host0: 0, host1: 1, size: 0x800 }],
    })
    assert.deepEqual(heapInfo(partition.bytes), [1, 0x20d0, 0x4000 - 0x20d0, 0])
  })

  it('can be filled to the last byte, and not further', () => {
    const room = 0x4000 - 0x20d0
    const { bytes } = buildImage({ ...base, global: [{ id: 40, size: room }] })
    assert.deepEqual(heapInfo(bytes), [1, 0x4000, 0, 0])
    const full = { ...smem, code: 'ENOMEM', item: 41 }
    const global = [
      { id: 40, size: room - 7 },
      { id: 41, size: 1 },
    ]
    assert.throws(() => buildImage({ ...base, global }), full)
    assert.throws(() => buildImage({ ...base, global: [{ id: 41, size: room + 1 }] }), full)
    const auxiliary = [{ base: 0x60000, size: 16 }]
    assert.throws(
      () => buildImage({ ...base, auxiliary, global: [{ id: 41, size: 17, region: 0x60000 }] }),
      full,
    )
  })

  it('refuses ids that are twice in it, the fixed ones included', () => {
    const twice = [
      { id: 3, size: 8 },
      { id: 3, size: 8 },
    ]
    assert.throws(() => buildImage({ ...base, global: twice }), {
      ...smem,
      code: 'EEXIST',
      item: 3,
    })
    assert.throws(() => buildImage({ ...base, fixedItems: true, global: [{ id: 2, size: 8 }] }), {
      ...smem,
      code: 'EEXIST',
      item: 2,
    })
  })

  it('refuses ids above 511, whatever the info record says', () => {
    assert.throws(
      () => buildImage({ ...base, info: true, itemCount: 700, global: [{ id: 512, size: 8 }] }),
      { ...smem, code: 'EINVAL', item: 512 },
    )
  })

  it('refuses a region that is not described with ENOENT', () => {
    const item = { id: 30, size: 8 }
    for (const region of [0x60000, base.base]) {
      assert.throws(() => buildImage({ ...base, global: [{ ...item, region }] }), {
        ...smem,
        code: 'ENOENT',
        item: 30,
        address: region,
      })
    }
  })

  it('refuses more than two reserved bits', () => {
    for (const reservedBits of [4, -1, 0.5]) {
      assert.throws(() => buildImage({ ...base, global: [{ id: 9, size: 8, reservedBits }] }), {
        ...smem,
        code: 'EINVAL',
        item: 9,
      })
    }
  })
})
