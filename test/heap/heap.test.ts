// SPDX-License-Identifier: MIT
// What opens and what does not: the kernel's probe, and images that are usable in part.

import assert from 'node:assert/strict'
import { readHeader } from '#lib/heap/header.js'
import { Heap } from '#lib/heap/heap.js'
import { readPartitionTable, recordedBase } from '#lib/heap/partition-table.js'
import { BytesPort } from '#lib/port/bytes.js'
import { withHoles } from '#lib/port/holes.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { BASE, crowded, heapOf, regionsOf, SIZE, shown, spoilt, v11, v12 } from './images.js'

const VERSION = 0x40 + 7 * 4
const ptable = (image: SmemImage) => image.ptable!

describe('opening a heap', () => {
  for (const [problem, offset, value] of [
    ['not initialised', 0xc0, 0],
    ['initialised with another word than 1', 0xc0, 2],
    ['with a reserved word that is not 0', 0xcc, 1],
  ] as const) {
    it(`${problem} is ENODEV`, () => {
      for (const description of [v11, v12]) {
        assert.throws(() => spoilt(description, (image) => image.patch32(offset, value)), {
          name: 'SmemError',
          code: 'ENODEV',
          origin: 'heap',
          hint: /boot loader/,
        })
      }
    })
  }

  it('of an unknown version is EINVAL', () => {
    for (const raw of [0, 0x000a0000, 0x000d0000, 0xffffffff]) {
      assert.throws(() => spoilt(v11, (image) => image.patch32(VERSION, raw)), {
        code: 'EINVAL',
        origin: 'heap',
      })
    }
  })

  it('ignores the minor version', () => {
    const heap = spoilt(v11, (image) => image.patch32(VERSION, 0x000b2002))
    assert.deepEqual(heap.version, { raw: 0x000b2002, major: 11, minor: 0x2002 })
  })

  it('too short for a header is EINVAL', () => {
    const port = new BytesPort(new Uint8Array(0xcf))
    assert.throws(() => new Heap([{ kind: 'main', port }]), { code: 'EINVAL', origin: 'heap' })
  })

  it('of version 12 needs a partition table: ENOENT without, EINVAL of another version', () => {
    assert.throws(() => spoilt(v12, (image) => image.patch32(ptable(image), 0)), {
      code: 'ENOENT',
      origin: 'heap',
    })
    assert.throws(() => spoilt(v12, (image) => image.patch32(ptable(image) + 4, 2)), {
      code: 'EINVAL',
      origin: 'heap',
    })
  })

  it('of version 12 that was cut has no table at its end', () => {
    const image = buildImage(v12)
    for (const size of [SIZE - 4, SIZE / 2, SIZE - 1, 0x2100]) {
      const port = new BytesPort(image.bytes.slice(0, size), { base: BASE })
      assert.throws(() => new Heap([{ kind: 'main', port }]), { code: 'ENOENT' })
    }
  })

  it('of version 12 without a global partition lists the others and says so', () => {
    const heap = spoilt(v12, (image) => image.patch32(ptable(image) + 0x20, 0))
    assert.deepEqual(shown(heap.items()).slice(0, 2), ['-/-!EINVAL', '1/428'])
    assert.throws(() => heap.find(137), { code: 'EINVAL' })
    assert.throws(() => heap.freeSpace(), { code: 'EINVAL' })
    assert.equal(heap.find(428, 1).size, 21)
  })

  it('of version 12 with a broken global partition lists the others and says so', () => {
    const heap = spoilt(v12, (image) => image.patch32(image.partitions[0]!.offset, 0))
    assert.deepEqual(shown(heap.items()).slice(0, 2), ['-/-!EINVAL', '1/428'])
    assert.throws(() => heap.freeSpace(), { code: 'EINVAL' })
  })

  it('of version 11 needs no partition table', () => {
    const heap = spoilt(v11, (image) => image.patch32(ptable(image), 0))
    assert.equal(heap.table, null)
    assert.ok(shown(heap.items()).every((item) => item.startsWith('-/')))
  })

  it('of version 11 says that its table has an unknown version', () => {
    const heap = spoilt(v11, (image) => image.patch32(ptable(image) + 4, 2))
    assert.equal(shown(heap.items()).at(-1), '-/-!EINVAL')
    assert.equal(heap.find(137).size, 24)
  })

  it('uses the first 84 entries of a table that claims more, and no info record', () => {
    const heap = spoilt(v12, (image) => image.patch32(ptable(image) + 8, 0xffffffff))
    assert.equal(heap.table!.info, null)
    assert.equal(heap.itemCount, 512)
    assert.ok(heap.table!.entries.length >= 4)
  })

  it('reads the header structures on both versions', () => {
    for (const description of [v11, v12]) {
      const { header } = heapOf(buildImage(description))
      assert.equal(header.procComm.length, 4)
      assert.equal(header.versions.length, 32)
      assert.equal(header.heapInfo.initialized, 1)
    }
    assert.deepEqual(
      readHeader(new BytesPort(buildImage(v11).bytes)).heapInfo,
      heapOf(buildImage(v11)).header.heapInfo,
    )
  })
})

describe('the info record', () => {
  const at = (base: number, baseHigh: number) =>
    recordedBase({ magic: 0, size: SIZE, base, baseHigh, numItems: 0 })

  it('tells the base, with its high word where that is not 0', () => {
    assert.equal(at(0xffe00000, 0), 0xffe00000)
    assert.equal(at(0xffe00000, 1), 0x1_ffe00000)
  })

  it('is believed in its low word only where the high one is beyond any address', () => {
    assert.equal(at(0x86000000, 0xffffffff), 0x86000000)
  })

  it('lies behind the last entry', () => {
    const { info } = readPartitionTable(new BytesPort(buildImage(v12).bytes))
    assert.deepEqual([info?.size, info?.base, info?.numItems], [SIZE, BASE, 700])
  })
})

describe('a heap that is asked for a host', () => {
  it('takes ids of 16 bits, and none for the global heap', () => {
    const heap = heapOf(buildImage(v12))
    for (const host of [-1, 1.5, 0x10000, Number.NaN, '1', 'modem'] as number[]) {
      assert.throws(() => heap.find(137, host), { code: 'EINVAL', message: /no SMEM host id/ })
      assert.throws(() => heap.freeSpace(host), { code: 'EINVAL' })
      assert.throws(() => heap.planAlloc({ id: 300, size: 8, host }), { code: 'EINVAL' })
    }
    for (const host of [undefined, null as unknown as undefined, 7, 0xffff]) {
      assert.equal(heap.find(137, host).host, null)
    }
    assert.equal(heap.servingHost(1), 1)
    assert.equal(heap.servingHost(7), null)
  })
})

describe('a listing of more entries than anybody needs', () => {
  it('gives up on each side, says so, and hides nothing of the next partition', () => {
    const items = heapOf(crowded()).items()
    assert.ok(items.length < 300_000, `${items.length} elements`)
    const given = items.filter(({ error }) => error?.message.includes('too many entries'))
    assert.equal(given.length, 39, 'there is room for those of the first two')
    for (const { id, cached } of given) assert.deepEqual([id, cached], [null, false])
    const hosts = new Set(items.filter(({ id }) => id === 9).map(({ host }) => host))
    assert.equal(hosts.size, 41, 'each has its share')
  })
})

describe('an item that a dump does not have', () => {
  it('is EINVAL in the table of contents, as a partition is', () => {
    const image = buildImage(v11)
    const { offset } = heapOf(image).find(137)
    const [main, ...auxiliary] = regionsOf(image)
    const port = withHoles(main.port, [{ offset: offset + 8, size: 4 }])
    const heap = new Heap([{ kind: 'main', port }, ...auxiliary])
    assert.throws(() => heap.find(137), { code: 'EINVAL', message: /is not in this dump/ })
    const [item] = heap.items().filter(({ id }) => id === 137)
    assert.deepEqual([item?.offset, item?.error?.code], [offset, 'EINVAL'])
  })
})
