// SPDX-License-Identifier: MIT
// Partitions: both sides, which heap serves a host, and every way in which one can be broken.

import assert from 'node:assert/strict'
import { Heap } from '#lib/heap/heap.js'
import { PartitionHeader } from '#lib/layout/partition.js'
import { PtableEntry } from '#lib/layout/ptable.js'
import { recording } from '#lib/port/recording.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { BASE, heapOf, regionsOf, shown, spoilt, v11, v12 } from './images.js'

const GLOBAL = 0
const ADSP = 1
const MODEM = 2

const header = (image: SmemImage, partition: number, field: keyof typeof PartitionHeader.offsets) =>
  image.partitions[partition]!.offset + PartitionHeader.offsets[field]
const entry = (image: SmemImage, partition: number, field: keyof typeof PtableEntry.offsets) =>
  image.partitions[partition]!.entry + PtableEntry.offsets[field]

const healthy = ['-/137', '-/490', '-/603', '1/428', '1/478', '1/479', '1/480', '2/429']

/** What `spoil` leaves of the listing of the version-12 heap. */
function listed(spoil: (image: SmemImage) => void): string[] {
  return shown(spoilt(v12, spoil).items())
}

describe('partitions', () => {
  it('list global items by id, then those of each host by host and id', () => {
    assert.deepEqual(shown(heapOf(buildImage(v12)).items()), healthy)
    assert.deepEqual(shown(heapOf(buildImage(v11)).items()).slice(-2), ['1/14', '1/338'])
  })

  it('give the size that the client asked for, on both sides', () => {
    const heap = heapOf(buildImage(v12))
    assert.deepEqual([heap.find(428, 1).size, heap.find(428, 1).cached], [21, false])
    assert.deepEqual([heap.find(479, 1).size, heap.find(479, 1).cached], [50, true])
    assert.equal(heap.find(490).cached, true)
  })

  it('put the data of both sides where the builder put it', () => {
    const image = buildImage(v12)
    const heap = heapOf(image)
    for (const [id, host, index] of [
      [428, 1, MODEM],
      [478, 1, MODEM],
      [479, 1, MODEM],
      [480, 1, MODEM],
      [490, undefined, GLOBAL],
    ] as const) {
      assert.equal(heap.find(id, host).offset, image.item(id, index).offset, `item ${id}`)
    }
  })

  it('are the only place searched for a host that has one', () => {
    const heap = heapOf(buildImage(v12))
    assert.equal(heap.find(137).size, 20)
    assert.throws(() => heap.find(137, 1), { code: 'ENOENT', item: 137, host: 1 })
    assert.equal(heap.find(137, 5).size, 20)
    assert.throws(() => heap.find(478), { code: 'ENOENT', item: 478, host: undefined })
  })

  it('count item ids by the info record, and ids above it are refused', () => {
    const heap = heapOf(buildImage(v12))
    assert.equal(heap.itemCount, 700)
    assert.equal(heap.find(603).size, 40)
    for (const id of [700, -1, 1.5, Number.NaN]) {
      assert.throws(() => heap.find(id), { code: 'EINVAL', message: /0 to 699/ })
    }
    const without = spoilt(v12, (image) => image.patch32(image.ptable! + 0x20 + 4 * 48, 0))
    assert.equal(without.itemCount, 512)
    assert.ok(shown(without.items()).includes('-/603'))
  })

  it('tell the space between their two sides', () => {
    const image = buildImage(v12)
    const modem = image.partitions[MODEM]!
    const free = image.read32(modem.offset + 16) - image.read32(modem.offset + 12)
    assert.equal(heapOf(image).freeSpace(1), free)
    assert.ok(heapOf(image).freeSpace() > heapOf(image).freeSpace(1))
  })

  it('are seen as another host sees them, when asked', () => {
    const modem = heapOf(buildImage(v12), { localHost: 1, foreign: true })
    assert.deepEqual(shown(modem.items()).slice(3), ['0/428', '0/478', '0/479', '0/480', '2/31'])
  })

  it('between two others are not touched, not even their header', () => {
    const image = buildImage(v12)
    const [main] = regionsOf(image)
    const port = recording(main.port)
    const heap = new Heap([{ kind: 'main', port }])
    heap.items()
    const states = heap.partitions()
    const { offset, size } = image.partitions[3]!
    assert.deepEqual(
      port.accesses.filter(
        (access) =>
          access.kind !== 'fence' &&
          access.address >= BASE + offset &&
          access.address < BASE + offset + size,
      ),
      [],
    )
    assert.deepEqual(
      states.map(({ header }) => header === null),
      [false, false, false, true],
    )
  })

  it('are walked on from where the last walk ended', () => {
    const image = buildImage(v12)
    const [main] = regionsOf(image)
    const port = recording(main.port)
    const heap = new Heap([{ kind: 'main', port }])
    heap.find(428, 1)
    port.accesses.length = 0
    assert.throws(() => heap.find(9, 1), { code: 'ENOENT' })
    // The two free offsets, and no entry.
    assert.deepEqual(
      port.accesses.map((access) => access.kind),
      ['read', 'read', 'fence'],
    )
    port.accesses.length = 0
    heap.find(428, 1)
    assert.deepEqual(port.accesses, [])
  })

  it('load the free offsets, fence, and only then load entries', () => {
    const [main] = regionsOf(buildImage(v12))
    const port = recording(main.port)
    const heap = new Heap([{ kind: 'main', port }])
    port.accesses.length = 0
    heap.find(429, 2)
    const order = port.accesses.map((access) => (access.kind === 'fence' ? access.fence : 'read'))
    assert.deepEqual(order.slice(0, 4), ['read', 'read', 'load', 'read'])
  })

  it('show an item that was allocated in between, and keep the others', () => {
    const image = buildImage({ ...v12, partitions: v12.partitions! })
    const heap = heapOf(image)
    const before = heap.items()
    assert.equal(heap.items(), before)
    const { offset } = image.partitions[ADSP]!
    const free = image.read32(offset + 12)
    image.patch32(offset + free, 0xa5a5 | (500 << 16))
    image.patch32(offset + free + 4, 8)
    image.patch32(offset + free + 8, 3)
    image.patch32(offset + 12, free + 24)
    assert.deepEqual(shown(heap.items()), [...healthy, '2/500'])
    assert.equal(heap.find(500, 2).size, 5)
    assert.equal(heap.items()[0], before[0])
  })

  it('are walked anew when their free offset has moved back', () => {
    const image = buildImage(v12)
    const heap = heapOf(image)
    heap.items()
    image.patch32(header(image, ADSP, 'freeUncached'), 0x20)
    assert.deepEqual(shown(heap.items()), healthy.slice(0, -1))
  })

  it('are walked anew when their cached side has become empty', () => {
    const image = buildImage(v12)
    const heap = heapOf(image)
    heap.items()
    image.patch32(header(image, GLOBAL, 'freeCached'), image.partitions[GLOBAL]!.size)
    assert.deepEqual(
      shown(heap.items()),
      healthy.filter((item) => item !== '-/490'),
    )
  })
})

describe('a broken partition', () => {
  for (const [problem, field, value] of [
    ['a wrong magic', 'magic', 0x54525023],
    ['other hosts than the table says', 'host0', 0x0003_0000],
    ['its hosts swapped', 'host0', 0x0001_0000],
    ['another size than the table says', 'size', 0x2000],
  ] as const) {
    it(`with ${problem} is one element, and hides no other`, () => {
      assert.deepEqual(
        listed((image) => image.patch32(header(image, MODEM, field), value)),
        ['-/137', '-/490', '-/603', '1/-!EINVAL', '2/429'],
      )
    })
  }

  it('that lies outside region 0 is one element', () => {
    for (const [field, value] of [
      ['offset', 0xfffff000],
      ['size', 0xffffffff],
    ] as const) {
      assert.deepEqual(
        listed((image) => image.patch32(entry(image, MODEM, field), value)),
        ['-/137', '-/490', '-/603', '1/-!EINVAL', '2/429'],
      )
    }
  })

  it('with a broken canary lists the entries before it, and the other side', () => {
    assert.deepEqual(
      listed((image) => image.patch32(image.item(428, MODEM).record, 428 << 16)),
      ['-/137', '-/490', '-/603', '1/478', '1/479', '1/480', '1/-!EINVAL', '2/429'],
    )
    assert.deepEqual(
      listed((image) => image.patch32(image.item(479, MODEM).record, 479 << 16)),
      ['-/137', '-/490', '-/603', '1/428', '1/478', '1/480', '1/-!EINVAL', '2/429'],
    )
  })

  it('refuses what may lie behind the break, as the kernel does', () => {
    const heap = spoilt(v12, (image) => image.patch32(image.item(428, MODEM).record, 428 << 16))
    assert.equal(heap.find(478, 1).size, 32)
    for (const id of [428, 480, 9]) assert.throws(() => heap.find(id, 1), { code: 'EINVAL' })
  })

  it('with an entry of impossible size keeps it, with its id, and ends that side', () => {
    assert.deepEqual(
      listed((image) => image.patch32(image.item(478, MODEM).record + 4, 0xfffffff8)),
      ['-/137', '-/490', '-/603', '1/478!EINVAL', '1/479', '1/480', '2/429'],
    )
  })

  it('with an entry of impossible padding keeps it and walks on', () => {
    assert.deepEqual(
      listed((image) => image.patch32(image.item(478, MODEM).record + 8, 0xffff)),
      ['-/137', '-/490', '-/603', '1/428', '1/478!EINVAL', '1/479', '1/480', '2/429'],
    )
  })

  it('with a cached entry that reaches below its start ends that side', () => {
    const heap = spoilt(v12, (image) => image.patch32(image.item(480, MODEM).record + 4, 0x1000))
    const broken = heap.items().find(({ id }) => id === 480)!
    assert.deepEqual([broken.error?.code, broken.offset, broken.size], ['EINVAL', null, 0x1000])
    assert.ok(!shown(heap.items()).includes('1/479'))
  })

  for (const [problem, field, value, left] of [
    [
      'free_uncached beyond its size',
      'freeUncached',
      0xffffffff,
      ['1/428', '1/478', '1/479', '1/480'],
    ],
    ['free_uncached inside its header', 'freeUncached', 8, ['1/479', '1/480']],
    ['free_cached beyond its size', 'freeCached', 0x1004, ['1/428', '1/478']],
    ['free_cached inside its header', 'freeCached', 4, ['1/428', '1/478', '1/479', '1/480']],
  ] as const) {
    it(`with ${problem} lists what can be walked, and one element more`, () => {
      const heap = spoilt(v12, (image) => image.patch32(header(image, MODEM, field), value))
      assert.deepEqual(
        shown(heap.items()).filter((item) => item.startsWith('1/')),
        [...left, '1/-!EINVAL'],
      )
      assert.equal(heap.partitions()[MODEM]!.free, null)
    })
  }

  it('with cache line 0 but cached items says so, and lists the uncached side', () => {
    const heap = spoilt(v12, (image) => image.patch32(entry(image, MODEM, 'cacheline'), 0))
    const own = heap.items().filter(({ host }) => host === 1)
    assert.deepEqual(shown(own), ['1/428', '1/478', '1/-!EINVAL'])
    assert.equal(own.at(-1)!.cached, true)
    assert.throws(() => heap.find(480, 1), { code: 'EINVAL' })
  })

  it('with cache line 0 and no cached items is healthy', () => {
    assert.deepEqual(
      listed((image) => image.patch32(entry(image, ADSP, 'cacheline'), 0)),
      healthy,
    )
  })

  it('with entries that lie at odd places is read all the same', () => {
    const heap = spoilt(v12, (image) => {
      const { offset } = image.partitions[ADSP]!
      const at = offset + 0x20
      // 5 bytes of data: the next header begins at an odd offset.
      image.patch32(at, 0xa5a5 | (500 << 16))
      image.patch32(at + 4, 5)
      image.patch32(at + 8, 0)
      image.patch32(at + 21, 0xa5a5 | (501 << 16))
      image.patch32(at + 25, 0)
      image.patch32(at + 29, 0)
      image.patch32(offset + 12, 0x20 + 21 + 16)
    })
    assert.deepEqual(
      heap
        .items()
        .filter(({ host }) => host === 2)
        .map(({ id, size }) => [id, size]),
      [
        [500, 5],
        [501, 0],
      ],
    )
  })

  it('that is there twice for one host lists both, and searches the first', () => {
    const twice = {
      ...v12,
      partitions: [
        ...v12.partitions!,
        {
          host0: 0,
          host1: 2,
          size: 0x1000,
          items: [
            { id: 7, size: 8 },
            { id: 429, size: 8 },
          ],
        },
      ],
    }
    const heap = heapOf(buildImage(twice))
    assert.deepEqual(shown(heap.items()).slice(-3), ['2/7', '2/429', '2/429'])
    assert.equal(heap.find(429, 2).size, 340)
  })
})
