// SPDX-License-Identifier: MIT
// Partitions of built images, against offsets worked out by hand.

import assert from 'node:assert/strict'
import type { PartitionDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'

/** A region with room for one partition of 0x1000 bytes, which then starts at 0x3000. */
function partitionBytes(partition: PartitionDescription): Buffer {
  const image = buildImage({
    version: 12,
    base: 0x86000000,
    size: 0x5000,
    itemCount: 700,
    partitions: [partition],
  })
  assert.deepEqual(
    image.partitions.map(({ offset }) => offset),
    [0x3000],
  )
  return Buffer.from(image.bytes.subarray(0x3000, 0x3000 + partition.size))
}

const smem = { name: 'SmemError' }

describe('a partition of an image', () => {
  it('has the byte picture of one uncached and one cached item', () => {
    const expected = Buffer.alloc(0x1000)
    expected.write('$PRT', 0, 'latin1')
    expected.writeUInt16LE(0, 0x04)
    expected.writeUInt16LE(1, 0x06)
    expected.writeUInt32LE(0x1000, 0x08)
    expected.writeUInt32LE(0x48, 0x0c)
    expected.writeUInt32LE(0xf40, 0x10)
    // Uncached: 20 bytes and 4 of padding.
    Buffer.from('a5a5 0900 18000000 0400 0000 00000000'.replaceAll(' ', ''), 'hex').copy(
      expected,
      0x20,
    )
    expected.fill(0x11, 0x30, 0x30 + 20)
    // Cached: 100 bytes and 28 of padding below a header of 16 bytes and 48 of gap.
    Buffer.from('a5a5 0a00 80000000 1c00 3000 00000000'.replaceAll(' ', ''), 'hex').copy(
      expected,
      0xfc0,
    )
    expected.fill(0x22, 0xf40, 0xf40 + 100)

    const built = partitionBytes({
      host0: 0,
      host1: 1,
      size: 0x1000,
      cacheline: 64,
      items: [
        { id: 9, data: new Uint8Array(20).fill(0x11) },
        { id: 10, data: new Uint8Array(100).fill(0x22), cached: true },
      ],
    })
    assert.equal(built.toString('hex'), expected.toString('hex'))
  })

  it('puts the second cached item below the first', () => {
    const built = partitionBytes({
      host0: 2,
      host1: 0,
      size: 0x1000,
      cacheline: 32,
      items: [
        { id: 1, size: 1, cached: true },
        { id: 2, data: 'two', size: 33, cached: true },
      ],
    })
    // 0x1000 - 32 = 0xfe0 (header 1), data at 0xfc0, header 2 at 0xfa0, data at 0xf60.
    assert.equal(built.readUInt32LE(0xfe0), 0x0001a5a5)
    assert.equal(built.readUInt16LE(0xfe8), 31)
    assert.equal(built.readUInt32LE(0xfa0), 0x0002a5a5)
    assert.equal(built.readUInt32LE(0xfa4), 64)
    assert.equal(built.readUInt16LE(0xfa8), 31)
    assert.equal(built.readUInt16LE(0xfaa), 16)
    assert.equal(built.toString('latin1', 0xf60, 0xf64), 'two\0')
    assert.equal(built.readUInt32LE(0x10), 0xf60)
    assert.equal(built.readUInt32LE(0x0c), 0x20)
    assert.equal(built.readUInt16LE(0x04), 2)
    assert.equal(built.readUInt16LE(0x06), 0)
  })

  it('needs whole header units when the cache line is smaller than a header', () => {
    const items = [{ id: 1, size: 8, cached: true }]
    const built = partitionBytes({ host0: 0, host1: 1, size: 0x1000, cacheline: 8, items })
    assert.equal(built.readUInt32LE(0xff0), 0x0001a5a5)
    assert.equal(built.readUInt16LE(0xffa), 0)
    assert.equal(built.readUInt32LE(0x10), 0xfe8)
  })

  it('leaves the gap that is asked for in front of uncached data', () => {
    const built = partitionBytes({
      global: true,
      size: 0x1000,
      items: [{ id: 3, data: 'three', gap: 16 }],
    })
    assert.equal(built.readUInt16LE(0x2a), 16)
    assert.equal(built.toString('latin1', 0x40, 0x45), 'three')
    assert.equal(built.readUInt32LE(0x0c), 0x48)
    assert.equal(built.readUInt32LE(0x04), 0xfffefffe)
  })

  it('stores an empty item as a header alone', () => {
    const items = [{ id: 3, size: 0 }]
    const built = partitionBytes({ host0: 0, host1: 1, size: 0x1000, items })
    assert.equal(built.readUInt32LE(0x0c), 0x30)
    assert.equal(built.readUInt32LE(0x24), 0)
  })

  it('takes items until not a byte is left between the two sides', () => {
    // 0x20 header + 16 + 8 uncached, 64 + 64 cached: 184 bytes.
    const items = [
      { id: 1, size: 3 },
      { id: 2, size: 64, cached: true },
    ]
    const built = partitionBytes({ host0: 0, host1: 1, size: 184, cacheline: 64, items })
    assert.equal(built.readUInt32LE(0x0c), 56)
    assert.equal(built.readUInt32LE(0x10), 56)
  })

  it('refuses the item that no longer fits with ENOSPC, whichever side it is on', () => {
    const small = { host0: 2, host1: 0, size: 176, cacheline: 64 }
    const uncached = { id: 31, size: 3 }
    const cached = { id: 32, size: 64, cached: true }
    assert.throws(() => partitionBytes({ ...small, items: [uncached, cached] }), {
      ...smem,
      code: 'ENOSPC',
      item: 32,
      host: 2,
    })
    assert.throws(() => partitionBytes({ ...small, items: [cached, uncached] }), {
      ...smem,
      code: 'ENOSPC',
      item: 31,
      host: 2,
    })
  })

  it('refuses an id that it has already with EEXIST, across the two sides too', () => {
    const items = [
      { id: 5, size: 8 },
      { id: 5, size: 8, cached: true },
    ]
    assert.throws(() => partitionBytes({ host0: 0, host1: 1, size: 0x1000, items }), {
      ...smem,
      code: 'EEXIST',
      item: 5,
    })
  })

  it('refuses what the format cannot hold with EINVAL', () => {
    const good = { host0: 0, host1: 1, size: 0x1000 }
    const broken: PartitionDescription[] = [
      { ...good, items: [{ id: 700, size: 8 }] },
      { ...good, items: [{ id: -1, size: 8 }] },
      { ...good, items: [{ id: 1.5, size: 8 }] },
      { ...good, items: [{ id: 1 }] },
      { ...good, items: [{ id: 1, data: 'longer', size: 3 }] },
      { ...good, items: [{ id: 1, size: Number.NaN }] },
      { ...good, items: [{ id: 1, size: 8, gap: 4 }] },
      { ...good, cacheline: 0, items: [{ id: 1, size: 8, cached: true }] },
      { ...good, cacheline: 12 },
      { ...good, cacheline: 8192 },
      { ...good, host1: 0x10000 },
      { ...good, size: 0x1004 },
      { ...good, size: 24 },
    ]
    for (const partition of broken) {
      const shown = JSON.stringify(partition)
      assert.throws(() => partitionBytes(partition), { ...smem, code: 'EINVAL' }, shown)
    }
  })

  it('may have no cache line when nothing is cached', () => {
    const built = partitionBytes({ host0: 0, host1: 1, size: 0x1000, cacheline: 0 })
    assert.equal(built.readUInt32LE(0x10), 0x1000)
  })
})
