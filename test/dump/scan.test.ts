// SPDX-License-Identifier: MIT
// Looking for SMEM in memory that holds much else: what is found, how sure that is, and what is not taken for it.

import assert from 'node:assert/strict'
import { UnpackedBytes } from '#lib/dump/dump-file.js'
import { PhysicalMemory } from '#lib/dump/memory.js'
import { scanFirst, scanPages } from '#lib/dump/scan.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { BASE, SIZE, v11, v12 } from '../heap/images.js'

const MIB = 2 ** 20

/** Memory at `base` with images in it, by offset. */
function memoryOf(base: number, size: number, images: readonly (readonly [number, Uint8Array])[]) {
  const bytes = new Uint8Array(size)
  for (const [offset, image] of images) bytes.set(image, offset)
  const file = new UnpackedBytes('dump', bytes)
  return new PhysicalMemory([{ base, size, file, position: 0 }])
}

const found = (memory: PhysicalMemory, placed = true) =>
  scanPages(memory, { placed }).map(({ address, size, sure }) => [address, size, sure])

const twelve = buildImage(v12).bytes
const eleven = buildImage(v11).bytes
const withoutTable = () =>
  buildImage({ version: 11, base: BASE, size: SIZE, global: [{ id: 137, size: 20 }] })

/** Version 11 without a partition table. */
const bare: SmemImage = withoutTable()

describe('the search for SMEM', () => {
  it('is certain of what records itself where it lies and how large it is', () => {
    const memory = memoryOf(BASE - MIB, 3 * MIB, [[MIB, twelve]])
    assert.deepEqual(found(memory), [[BASE, SIZE, 'certain']])
    const [{ version, recorded, evidence }] = scanPages(memory, { placed: true }) as [never]
    assert.deepEqual([version, recorded], [{ raw: 0xc0000, major: 12, minor: 0 }, BASE])
    assert.match(
      String(evidence),
      /version 12\.0.*4 partitions, recorded as 65536 bytes at 0x86300000/,
    )
  })

  it('doubts what says that it belongs elsewhere, where addresses are known', () => {
    const memory = memoryOf(0x40000000, 3 * MIB, [[MIB, twelve]])
    assert.deepEqual(found(memory), [[0x40100000, SIZE, 'possible']])
    assert.deepEqual(found(memory, false), [[0x40100000, SIZE, 'certain']])
  })

  it('measures version 11 by its table, else by the end of its heap', () => {
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, eleven]])), [[BASE, SIZE, 'likely']])
    const heap = bare.read32(0xc4) + bare.read32(0xc8)
    assert.equal(heap, SIZE)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, bare.bytes]])), [[BASE, SIZE, 'likely']])
    const shorter = withoutTable()
    shorter.patch32(0xc8, shorter.read32(0xc8) - 0x1ff8)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, shorter.bytes]])), [[BASE, 0xf000, 'likely']])
  })

  it('is not sure of a header with nothing that fits behind it', () => {
    const outside = withoutTable()
    outside.patch32(0xd0 + 16 * 137 + 4, 0x7fffffff)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, outside.bytes]])), [[BASE, SIZE, 'possible']])
    const empty = twelve.slice(0, 0x3000)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, empty]])), [[BASE, null, 'possible']])
    const endless = withoutTable()
    endless.patch32(0xc8, 0xfffffff0)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, endless.bytes]])), [[BASE, null, 'likely']])
  })

  it('takes a table of another version for none', () => {
    const image = buildImage(v12)
    image.patch32(image.ptable! + 4, 2)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, image.bytes]])), [[BASE, null, 'possible']])
  })

  it('prefers the table whose record gives its place, else takes the nearest', () => {
    const inner = buildImage({ ...v12, size: 0x8000, partitions: [{ global: true, size: 0x1000 }] })
    const page = inner.bytes.slice(inner.ptable!)
    const nested = twelve.slice()
    nested.set(page, 0xd000)
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, nested]])), [[BASE, SIZE, 'certain']])
    const global = { global: true as const, size: 0x2000, items: [{ id: 137, size: 20 }] }
    const without = buildImage({
      version: 12,
      base: BASE,
      size: SIZE,
      info: false,
      partitions: [global],
    }).bytes
    assert.deepEqual(found(memoryOf(BASE, MIB, [[0, without]])), [[BASE, SIZE, 'likely']])
  })

  it('wants the three words that every header has', () => {
    for (const [offset, value] of [
      [0xc0, 2],
      [0xcc, 1],
      [0x5c, 0xa0000],
    ] as const) {
      const image = buildImage(v12)
      image.patch32(offset, value)
      assert.deepEqual(found(memoryOf(BASE, MIB, [[0, image.bytes]])), [])
    }
  })

  it('lists the surest first, then by address', () => {
    const images = [
      [0, bare.bytes],
      [0x21000, twelve.slice(0, 0x3000)],
      [0x40000, twelve],
      [0x80000, bare.bytes],
    ] as const
    assert.deepEqual(
      found(memoryOf(0, MIB, images), false).map(([address, , sure]) => [address, sure]),
      [
        [0x40000, 'certain'],
        [0, 'likely'],
        [0x80000, 'likely'],
        [0x21000, 'possible'],
      ],
    )
  })

  it('starts at pages of memory, wherever the files and segments start', () => {
    const bytes = new Uint8Array(0x40000)
    bytes.set(twelve, 0x7d0)
    const file = new UnpackedBytes('dump', bytes)
    const memory = new PhysicalMemory([
      { base: BASE - 0x10, size: 0x3010, file, position: 0x7c0 },
      { base: BASE + 0x3000, size: SIZE - 0x3000, file, position: 0x37d0 },
    ])
    assert.deepEqual(found(memory), [[BASE, SIZE, 'certain']])
  })

  it('survives a header at the very end', () => {
    for (const size of [0x1000, 0x100, 0xd0, 0xcf, 4]) {
      const end = new UnpackedBytes('dump', bare.bytes.slice(0, size))
      const memory = new PhysicalMemory([{ base: 0, size, file: end, position: 0 }])
      assert.deepEqual(scanPages(memory, { placed: false }), [])
      assert.deepEqual(scanFirst(memory, { placed: false }), [])
    }
  })

  it('reads only round addresses where one of them will do, else every page', () => {
    const first = (images: readonly (readonly [number, Uint8Array])[]) =>
      scanFirst(memoryOf(0, 4 * MIB, images), { placed: false }).map(({ address }) => address)
    assert.deepEqual(
      first([
        [0x1000, twelve],
        [MIB + 0x20000, twelve],
        [3 * MIB, bare.bytes],
      ]),
      [3 * MIB],
    )
    assert.deepEqual(
      first([
        [0x1000, twelve],
        [MIB + 0x20000, twelve],
      ]),
      [MIB + 0x20000],
    )
    assert.deepEqual(
      first([
        [0x1000, twelve],
        [3 * MIB, twelve.slice(0, 0x3000)],
      ]),
      [0x1000, 3 * MIB],
    )
    assert.deepEqual(first([]), [])
  })

  it('looks at each page once, whatever the number of headers', () => {
    const bytes = new Uint8Array(16 * MIB)
    const page = twelve.slice(0, 4096)
    // A header, and a table with the most entries, none of which leads to a partition.
    new Uint32Array(page.buffer).set([0x434f5424, 1, 84])
    for (let at = 0; at < bytes.length; at += 4096) bytes.set(page, at)
    for (let entry = 0; entry < 84; entry++) page.fill(1, 32 + entry * 48, 40 + entry * 48)
    bytes.set(page, 0x5000)
    bytes.set(twelve, 9 * MIB)
    let reads = 0
    class Counted extends UnpackedBytes {
      override read(position: number, into: Uint8Array): void {
        reads++
        super.read(position, into)
      }
    }
    const file = new Counted('dump', bytes)
    const memory = new PhysicalMemory([{ base: 0, size: bytes.length, file, position: 0 }])
    for (const scan of [scanPages, scanFirst]) {
      const warnings: string[] = []
      reads = 0
      const [best] = scan(memory, { placed: false, warn: (warning) => warnings.push(warning) })
      assert.deepEqual([best?.address, best?.sure], [9 * MIB, 'certain'])
      assert.ok(reads < 40_000, `${reads} reads of ${bytes.length / 4096} pages`)
      if (scan === scanFirst) continue
      assert.match(warnings.join(), /^408\d places look like .* 1024 at the roundest .* examined$/)
    }
  })

  it('tells how far it has come, up to the end', () => {
    const told: number[] = []
    const file = new UnpackedBytes('dump', new Uint8Array(5 * MIB + 100))
    const memory = new PhysicalMemory([
      { base: 0, size: 3 * MIB, file, position: 0 },
      { base: 2 ** 32 + 8, size: 2 * MIB + 100, file, position: 3 * MIB },
    ])
    scanPages(memory, {
      placed: true,
      progress: (done, total, doing) => {
        assert.deepEqual([total, doing], [5 * MIB + 100, 'looking for SMEM'])
        told.push(done)
      },
    })
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    )
    assert.equal(told.at(-1), 5 * MIB + 100)
  })
})
