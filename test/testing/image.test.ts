// SPDX-License-Identifier: MIT
// Header, partition table and info record of built images, against offsets worked out by hand.

import assert from 'node:assert/strict'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'

const v12: ImageDescription = { version: 12, base: 0x80900000, size: 0x10000 }
const smem = { name: 'SmemError' }

describe('an image', () => {
  it('has mailboxes, version words and heap info at their places', () => {
    const { bytes } = buildImage({
      version: 11,
      base: 0x86300000,
      size: 0x8000,
      procComm: [
        { command: 1, status: 2, data1: 3, data2: 4 },
        { command: 5, status: 6, data1: 7, data2: 8 },
      ],
      versions: { 0: 0x000b0001, 31: 0x000b2002 },
    })
    const words = new Uint32Array(bytes.buffer, 0, 0x34)
    const expected = new Uint32Array(0x34)
    expected.set([1, 2, 3, 4, 5, 6, 7, 8])
    expected[0x40 / 4] = 0x000b0001
    expected[0x40 / 4 + 7] = 0x000b0000
    expected[0x40 / 4 + 31] = 0x000b2002
    expected.set([1, 0x20d0, 0x8000 - 0x20d0, 0], 0xc0 / 4)
    assert.deepEqual(words, expected)
    assert.equal(
      bytes.subarray(0xd0).every((byte) => byte === 0),
      true,
    )
  })

  it('takes word 7 from the version unless it is given', () => {
    assert.equal(buildImage(v12).read32(0x5c), 0x000c0000)
    assert.equal(buildImage({ ...v12, versions: { 7: 0x000d0001 } }).read32(0x5c), 0x000d0001)
    assert.equal(
      buildImage({ ...v12, versions: Array(32).fill(0x000c0001) }).read32(0xbc),
      0x000c0001,
    )
  })

  it('has the partition table in its last page and the info record behind the last entry', () => {
    const image = buildImage({
      ...v12,
      itemCount: 668,
      partitions: [
        { global: true, size: 0x2000, cacheline: 128, flags: 1 },
        { host0: 5, host1: 0, size: 0x1000, cacheline: 0 },
      ],
    })
    const page = Buffer.from(image.bytes.subarray(0xf000))
    const expected = Buffer.alloc(0x1000)
    expected.write('$TOC', 0, 'latin1')
    expected.writeUInt32LE(1, 0x04)
    expected.writeUInt32LE(2, 0x08)
    const entries = [
      [0xc000, 0x2000, 1, 0xfffefffe, 128],
      [0xe000, 0x1000, 0, 0x00000005, 0],
    ]
    entries.forEach((words, index) => {
      words.forEach((word, i) => {
        expected.writeUInt32LE(word, 0x20 + 48 * index + 4 * i)
      })
    })
    expected.write('SIII', 0x80, 'latin1')
    expected.writeUInt32LE(0x10000, 0x84)
    expected.writeUInt32LE(0x80900000, 0x88)
    expected.writeUInt16LE(668, 0x90)
    assert.equal(page.toString('hex'), expected.toString('hex'))
    assert.equal(image.ptable, 0xf000)
    assert.deepEqual(image.partitions, [
      { index: 0, offset: 0xc000, size: 0x2000, host0: 0xfffe, host1: 0xfffe, entry: 0xf020 },
      { index: 1, offset: 0xe000, size: 0x1000, host0: 5, host1: 0, entry: 0xf050 },
    ])
  })

  it('has no partition table in version 11 unless partitions or the info record are asked for', () => {
    const v11 = { ...v12, version: 11 } as const
    assert.equal(buildImage(v11).ptable, null)
    assert.equal(buildImage(v11).read32(0xf000), 0)
    assert.equal(buildImage({ ...v11, partitions: [] }).read32(0xf000), 0x434f5424)
    assert.equal(buildImage({ ...v11, partitions: [] }).read32(0xf020), 0)
    assert.equal(buildImage({ ...v11, info: true }).read32(0xf020), 0x49494953)
  })

  it('has no info record where none is wanted, and then 512 ids', () => {
    const image = { ...v12, info: false, itemCount: 700 }
    assert.equal(buildImage(image).read32(0xf020), 0)
    const items = [{ id: 512, size: 8 }]
    assert.throws(
      () => buildImage({ ...image, partitions: [{ global: true, size: 0x1000, items }] }),
      {
        ...smem,
        code: 'EINVAL',
        item: 512,
      },
    )
  })

  it('accepts ids below the item count only', () => {
    const partition = (id: number) =>
      ({ global: true, size: 0x1000, items: [{ id, size: 8 }] }) as const
    const image = buildImage({ ...v12, itemCount: 668, partitions: [partition(667)] })
    assert.deepEqual(
      image.items.map(({ id, record, offset, size }) => [id, record, offset, size]),
      [[667, 0xe020, 0xe030, 8]],
    )
    assert.throws(() => buildImage({ ...v12, itemCount: 667, partitions: [partition(667)] }), {
      ...smem,
      code: 'EINVAL',
      item: 667,
    })
    assert.throws(() => buildImage({ ...v12, itemCount: 0x10000 }), { ...smem, code: 'EINVAL' })
  })

  it('may end exactly at 4 GiB', () => {
    const image = buildImage({ ...v12, base: 0xffe00000, size: 0x200000 })
    assert.equal(image.read32(0x1ff028), 0xffe00000)
    assert.equal(image.read32(0x1ff02c), 0)
    assert.equal(image.regions[0]!.base + image.bytes.length, 0x100000000)
  })

  it('has both words of a base above 4 GiB in the info record', () => {
    const image = buildImage({ ...v12, base: 0x8_8000_0000 })
    assert.equal(image.read32(0xf028), 0x80000000)
    assert.equal(image.read32(0xf02c), 8)
  })

  it('may have a size that is no power of two, and one that is not a multiple of a page', () => {
    assert.equal(buildImage({ ...v12, size: 0x32000 }).ptable, 0x31000)
    const odd = buildImage({
      ...v12,
      size: 0x8018,
      partitions: [{ host0: 0, host1: 2, size: 0x1008 }],
    })
    assert.equal(odd.ptable, 0x7018)
    assert.equal(odd.read32(0x7018), 0x434f5424)
    // The highest page from which 0x1008 bytes end below the table.
    assert.equal(odd.partitions[0]!.offset, 0x6000)
  })

  it('refuses partitions that do not fit between header and table', () => {
    const partitions = [
      { host0: 0, host1: 1, size: 0x1000 },
      { host0: 0, host1: 2, size: 0xb000 },
    ]
    assert.equal(buildImage({ ...v12, partitions }).partitions[0]!.offset, 0x3000)
    partitions[1]!.size += 8
    partitions[0]!.size += 8
    assert.throws(() => buildImage({ ...v12, partitions }), {
      ...smem,
      code: 'ENOMEM',
      message: /partition 0 \(hosts 0 and 1\)/,
    })
  })

  it('holds 84 partitions and refuses one more', () => {
    const size = 0x1000 * 90
    const partitions = Array.from({ length: 84 }, (_, i) => ({ host0: 0, host1: i + 1, size: 32 }))
    const image = buildImage({ ...v12, size, partitions })
    const table = size - 0x1000
    assert.equal(image.read32(table + 8), 84)
    assert.equal(image.read32(table + 0x20 + 84 * 48), 0x49494953)
    partitions.push({ host0: 0, host1: 100, size: 32 })
    assert.throws(() => buildImage({ ...v12, size, partitions }), { ...smem, code: 'ENOSPC' })
  })

  it('refuses a region without room for the header and the table', () => {
    assert.equal(buildImage({ version: 11, base: 0, size: 0x20d0 }).bytes.length, 0x20d0)
    assert.throws(() => buildImage({ version: 11, base: 0, size: 0x20c8 }), {
      ...smem,
      code: 'ENOMEM',
    })
    assert.throws(() => buildImage({ ...v12, size: 0x30c8 }), { ...smem, code: 'ENOMEM' })
  })

  it('refuses bases, sizes and counts that no header can have', () => {
    const broken: ImageDescription[] = [
      { ...v12, base: 2 },
      { ...v12, base: -4 },
      { ...v12, size: 0x10004 },
      { ...v12, size: Number.NaN },
      { ...v12, base: Number.MAX_SAFE_INTEGER - 7 },
      { ...v12, auxiliary: [{ base: 0x60001, size: 8 }] },
      { ...v12, versions: Array(33).fill(0) },
      { ...v12, procComm: Array(5).fill({ command: 0, status: 0, data1: 0, data2: 0 }) },
      { ...v12, itemCount: 1.5 },
    ]
    for (const description of broken) {
      const shown = JSON.stringify(description)
      assert.throws(() => buildImage(description), { ...smem, code: 'EINVAL' }, shown)
    }
  })

  it('tells where it put an item, and which it does not have', () => {
    const image = buildImage({
      ...v12,
      auxiliary: [{ base: 0x60000, size: 0x100 }],
      global: [
        { id: 9, size: 5 },
        { id: 10, size: 5, region: 0x60000 },
      ],
      partitions: [{ host0: 0, host1: 1, size: 0x1000, items: [{ id: 9, size: 5, cached: true }] }],
    })
    assert.deepEqual(image.item(9), {
      id: 9,
      partition: null,
      cached: false,
      record: 0x160,
      region: 0,
      offset: 0x20d0,
      size: 8,
    })
    assert.equal(image.item(10).region, 1)
    assert.deepEqual(image.item(9, 0), {
      id: 9,
      partition: 0,
      cached: true,
      record: 0xefc0,
      region: 0,
      offset: 0xef80,
      size: 5,
    })
    assert.throws(() => image.item(10, 0), { ...smem, code: 'ENOENT', item: 10 })
    assert.throws(() => image.item(11), { ...smem, code: 'ENOENT', item: 11 })
  })

  it('can be broken word by word, in every region', () => {
    const image = buildImage({ ...v12, auxiliary: [{ base: 0x60000, size: 16 }] })
    image.patch32(0xc0, 0xfffffffe)
    assert.deepEqual([...image.bytes.subarray(0xc0, 0xc4)], [0xfe, 0xff, 0xff, 0xff])
    image.patch32(13, 0x01020304, 0)
    assert.deepEqual([...image.bytes.subarray(13, 17)], [4, 3, 2, 1])
    image.patch32(12, 7, 1)
    assert.equal(image.read32(12, 1), 7)
    for (const [offset, region] of [
      [0xfffd, 0],
      [-1, 0],
      [16, 1],
      [0, 2],
    ] as const) {
      assert.throws(() => image.patch32(offset, 0, region), { ...smem, code: 'EINVAL' })
    }
  })

  it('is the same for the same description', () => {
    const description = { ...v12, partitions: [{ global: true, size: 0x1000 }] } as const
    assert.deepEqual(buildImage(description).bytes, buildImage(description).bytes)
  })
})
