// SPDX-License-Identifier: MIT
// The data of a page: the same as the commands tell, a map on which every byte has its place, and nothing that hostile
// memory could make of it but data.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { itemFacts } from '#lib/data/item-facts.js'
import { SmemError } from '#lib/errors.js'
import { describeSource } from '#lib/inspect/info.js'
import { type MapSpan, type PageData, type PageItem, pageOfSource } from '#lib/inspect/page.js'
import { showItem } from '#lib/inspect/show.js'
import { verifyReport } from '#lib/inspect/verify.js'
import { Smem } from '#lib/smem.js'
import type { ImageDescription, PartitionItemDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'
import { imageVersions } from '#lib/testing/items/image-versions.js'
import { profiles } from '#lib/testing/profiles.js'
import { SIZE, v11, v12 } from '../heap/images.js'
import { pageOf, running, sourceOf, tool } from './page-source.js'

const MIB = 2 ** 20
const main = ({ map }: PageData) => map.regions[0]!
const spansOf = (page: PageData, ...kinds: MapSpan['kind'][]) =>
  main(page).spans.filter(({ kind }) => kinds.includes(kind))
const places = (spans: readonly MapSpan[]) => spans.map(({ offset, size }) => [offset, size])
const named = ({ items }: PageData, id: number, host: number | null = null): PageItem =>
  items.find((item) => item.id === id && item.host === host)!

/** What a map of any memory keeps to. */
function checkMap({ map, items }: PageData): void {
  for (const { spans, size } of map.regions) {
    let covered = 0
    for (const span of spans) {
      const what = JSON.stringify(span)
      assert.ok(span.offset >= 0 && span.size >= 0 && span.offset + span.size <= size, what)
      assert.ok(span.size > 0 || span.kind === 'item', what)
      assert.equal(span.item === null, span.kind !== 'item', what)
      if (span.item !== null) assert.equal(items[span.item]!.offset, span.offset, what)
      if (span.depth !== 0) continue
      assert.ok(span.offset <= covered, `nothing at ${covered}`)
      covered = Math.max(covered, span.offset + span.size)
    }
    assert.equal(covered, size)
    const order = spans.map(({ depth, offset }) => depth * 2 ** 40 + offset)
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    )
  }
}

describe('the data of a page', () => {
  for (const [name, { describe }] of Object.entries(profiles)) {
    it(`of ${name} has what the commands tell, and a place on the map for every item`, () => {
      const source = sourceOf(buildImage(describe()))
      const page = pageOf(source)
      assert.deepEqual(page.info, describeSource(source).report)
      assert.deepEqual(page.verify, verifyReport(source.regions, { foreign: true }))
      using smem = Smem.over(source)
      assert.equal(page.items.length, smem.items().length)
      for (const [i, item] of smem.items().entries()) {
        if (item.error !== null) continue
        const { key, holds, readings, tell, aliases, undecoded, masked, bytes, cut, ...told } =
          page.items[i]!
        const { report } = showItem(item)
        const { decoder, value, fields, notes } = report
        assert.deepEqual(told, { ...report.item, decoder, value, fields, notes })
        assert.deepEqual(masked, [])
        assert.equal(Buffer.from(bytes!, 'base64').toString('hex'), report.hex)
        const spans = page.map.regions.flatMap((region) =>
          region.spans
            .filter((span) => span.item === i)
            .map((span) => [region.base, span.offset, span.size, span.host]),
        )
        assert.deepEqual(spans, [[told.region, item.offset, item.size, item.host]])
      }
      checkMap(page)
    })
  }

  it('has both readings of an id that means two things, and how to tell which it is', () => {
    const facts = itemFacts(421)!
    const page = pageOf(
      sourceOf(
        buildImage(
          large([
            { id: 421, size: 8 },
            { id: 137, size: 8 },
          ]),
        ),
      ),
    )
    const { readings, tell, holds } = named(page, 421)
    assert.deepEqual(
      readings.map(({ name }) => name),
      ['SMEM_SSR_REASON_MSS0', 'SMEM_BOOT_FLASH_TYPE'],
    )
    assert.deepEqual(
      readings.map(({ holds }) => holds),
      facts.readings.map(({ holds }) => holds),
    )
    assert.match(tell!, /on a router .* elsewhere it is text/)
    assert.equal(holds, readings.map(({ holds }) => holds).join('; or '))
    const plain = named(page, 137)
    assert.deepEqual([plain.readings, plain.tell], [[], null])
    assert.match(plain.holds!, /\w/)
  })

  for (const [size, at] of [
    [112, 8],
    [140, 24],
  ] as const) {
    it(`has no byte of the keys in a boot info of ${size} bytes, and says which they are`, () => {
      const data = Uint8Array.from({ length: size }, (_, i) => i + 1)
      const global = [{ id: 418, data }]
      const source = sourceOf(buildImage({ ...v11, global, partitions: [] }))
      const item = named(pageOf(source), 418)
      assert.deepEqual(item.masked, ['key', 'iv'])
      const wanted = Buffer.alloc(item.size!)
      wanted.set(data)
      wanted.fill(0, at, at + 64)
      assert.deepEqual(Buffer.from(item.bytes!, 'base64'), wanted)
      // Whoever asks for the bytes themselves gets them.
      using smem = Smem.over(source)
      const { report } = showItem(smem.get(418))
      assert.equal(report.hex.slice(0, size * 2), Buffer.from(data).toString('hex'))
    })
  }

  it('hides nothing behind a text that happens to say masked', () => {
    const data = imageVersions({ boot: { name: 'masked', variant: 'v' } })
    const item = named(pageOf(sourceOf(buildImage(large([{ id: 469, data }])))), 469)
    assert.match(JSON.stringify(item.value), /"masked"/)
    assert.deepEqual(item.masked, [])
    assert.deepEqual(Buffer.from(item.bytes!, 'base64'), Buffer.from(data))
  })

  it('draws both sides of a partition up to its free offsets', () => {
    const page = pageOf(sourceOf(buildImage(v12)))
    for (const { offset, size, freeUncached, freeCached, free } of page.partitions) {
      const inside = main(page).spans.filter(
        (span) => span.depth === 1 && span.offset >= offset && span.offset < offset + size,
      )
      const wanted = [
        ['header', null, offset, 32],
        ['heap', 'uncached', offset + 32, freeUncached! - 32],
        ['free', null, offset + freeUncached!, free],
        ['heap', 'cached', offset + freeCached!, size - freeCached!],
      ]
      assert.deepEqual(
        inside.map((span) => [span.kind, span.side, span.offset, span.size]),
        wanted.filter(([, , , length]) => length !== 0),
      )
    }
    const sides = main(page).spans.filter(({ depth }) => depth === 2)
    assert.deepEqual(
      sides.map(({ item, side }) => [item, side]),
      sides.map(({ item }) => [item, page.items[item!]!.cached ? 'cached' : 'uncached']),
    )
  })

  it('draws the heap of version 11, what is free in it, and its message RAM', () => {
    const source = sourceOf(buildImage(v11))
    const page = pageOf(source)
    using smem = Smem.over(source)
    const { freeOffset, available } = smem.header.heapInfo
    assert.deepEqual(places(spansOf(page, 'header', 'toc').filter(({ depth }) => depth === 0)), [
      [0, 208],
      [208, 8192],
    ])
    const [heap] = spansOf(page, 'heap')
    assert.deepEqual([heap!.offset, heap!.size], [0x20d0, freeOffset + available - 0x20d0])
    assert.deepEqual(places(spansOf(page, 'free'))[0], [freeOffset, available])
    assert.deepEqual(places(spansOf(page, 'ptable')), [[SIZE - 4096, 4096]])
    const [, messageRam] = page.map.regions
    assert.equal(messageRam!.kind, 'aux')
    assert.deepEqual(
      messageRam!.spans.map(({ kind, depth }) => [kind, depth]),
      [
        ['heap', 0],
        ['item', 1],
      ],
    )
  })

  it('leaves alone what only others may touch, and draws it as a hole', () => {
    const image = buildImage(v12)
    const foreign = image.partitions.find(({ host0, host1 }) => host0 === 1 && host1 === 2)!
    const at = [[foreign.offset, foreign.size]]
    const page = pageOf(sourceOf(image, running))
    assert.deepEqual(places(spansOf(page, 'hole')), at)
    assert.equal(page.partitions[foreign.index]!.freeUncached, null)
    checkMap(page)
    assert.deepEqual(places(spansOf(pageOf(sourceOf(image)), 'hole')), [])
  })

  it('reads no item that broken records put where only others may look', () => {
    const image = buildImage({
      ...v11,
      partitions: [
        { host0: 0, host1: 1, size: 0x1000 },
        { host0: 1, host1: 2, size: 0x1000 },
      ],
    })
    const view = new DataView(image.bytes.buffer, image.bytes.byteOffset)
    const record = 0xd0 + 137 * 16
    // All up to the partition table is the heap's, by a header that is wrong.
    view.setUint32(0xc8, SIZE - 0x1000 - view.getUint32(0xc4, true), true)
    view.setUint32(record + 4, image.partitions[1]!.offset + 64, true)
    const inDump = named(pageOf(sourceOf(image)), 137)
    const onBoard = named(pageOf(sourceOf(image, running)), 137)
    assert.deepEqual([inDump.error, inDump.bytes?.length], [null, 32])
    assert.deepEqual([onBoard.error, onBoard.bytes, onBoard.value], [null, null, null])
  })

  it('names items of one host and id apart, in the order of the listing', () => {
    const items = [
      { id: 600, data: 'first' },
      { id: 601, data: 'other' },
    ]
    const image = buildImage({ ...v12, partitions: [{ global: true, size: 0x2000, items }] })
    const [, second] = image.items
    new DataView(image.bytes.buffer, image.bytes.byteOffset).setUint16(
      second!.record + 2,
      600,
      true,
    )
    const page = pageOf(sourceOf(image))
    assert.deepEqual(
      page.items.map(({ key }) => key),
      ['g:600:0', 'g:600:1'],
    )
    assert.ok(page.verify.findings.some(({ check }) => check === 'partition-duplicate-item'))
    assert.match(page.explanations['partition-duplicate-item']!.text, /\w/)
  })

  it('has the first 64 KiB of a large item, and says so', () => {
    const data = Uint8Array.from({ length: 70_000 }, (_, i) => i)
    const page = pageOf(sourceOf(buildImage(large([{ id: 600, data }]))))
    const { bytes, cut, size } = named(page, 600)
    assert.deepEqual([cut, size], [true, 70_000])
    assert.deepEqual(Buffer.from(bytes!, 'base64'), Buffer.from(data.subarray(0, 65536)))
  })

  it('leaves out what is too much for a page, and counts it', () => {
    const items = Array.from({ length: 10_004 }, (_, id) => ({ id, size: 8 }))
    const page = pageOf(sourceOf(buildImage({ ...large(items), itemCount: 20_000 })))
    assert.deepEqual([page.items.length, page.omitted], [10_000, 4])
    checkMap(page)
  })

  it('names the hosts that occur', () => {
    assert.deepEqual(pageOf(sourceOf(buildImage(v12))).hosts, {
      0: 'apps',
      1: 'modem',
      2: 'adsp',
      65534: 'global',
    })
  })

  it('is JSON, and the same twice but for its time', () => {
    const source = sourceOf(buildImage(v12))
    const page = pageOf(source)
    assert.deepEqual(JSON.parse(JSON.stringify(page)), page)
    assert.deepEqual({ ...pageOf(source), time: page.time }, page)
    assert.deepEqual([page.schema, page.mode, page.tool], ['qcom-smem/page@1', 'report', tool])
  })
})

describe('the data of a page of what no driver would open', () => {
  const broken: [string, (view: DataView) => void, string][] = [
    ['never initialised', (view) => view.setUint32(0xc0, 0, true), 'ENODEV'],
    ['of an unknown version', (view) => view.setUint32(64 + 7 * 4, 0x00070000, true), 'EINVAL'],
    ['without a partition table', (view) => view.setUint32(SIZE - 4096, 0, true), 'ENOENT'],
  ]
  for (const [what, spoil, code] of broken) {
    it(`has findings and the header of one ${what}`, () => {
      const image = buildImage(v12)
      spoil(new DataView(image.bytes.buffer, image.bytes.byteOffset))
      const page = pageOf(sourceOf(image))
      assert.equal(page.problem?.code, code)
      assert.deepEqual([page.items, page.versions], [[], null])
      const table = code === 'ENOENT' ? [] : image.partitions
      const drawn = table.map(({ offset, size }) => [offset, size])
      assert.deepEqual(places(spansOf(page, 'partition')), drawn)
      assert.deepEqual(
        page.partitions.map(({ offset, size, free }) => [offset, size, free]),
        drawn.map((place) => [...place, null]),
      )
      assert.equal(page.verify.ok, false)
      for (const { check } of page.verify.findings) assert.ok(check in page.explanations)
      const { value, fields, bytes, address } = page.header!
      const { initialized } = (value as { heapInfo: Record<string, number> }).heapInfo
      assert.equal(initialized, image.bytes[0xc0])
      assert.ok(fields.some(({ path, offset }) => path === 'versions[7]' && offset === 92))
      assert.equal(Buffer.from(bytes, 'base64').compare(image.bytes, 0, 208), 0)
      assert.equal(address, '0x86300000')
      checkMap(page)
    })
  }

  it('has the bytes of an image that is shorter than a header', () => {
    const image = buildImage(v12)
    const short = { ...image, regions: [{ base: 0, bytes: image.bytes.subarray(0, 60) }] }
    const page = pageOf(sourceOf(short as unknown as typeof image))
    assert.deepEqual([page.header!.value, page.header!.fields], [null, []])
    assert.equal(Buffer.from(page.header!.bytes, 'base64').length, 60)
    checkMap(page)
  })

  it('refuses a view that makes no sense', () => {
    const source = sourceOf(buildImage(v12), running)
    assert.throws(
      () => pageOfSource(source, { mode: 'report', tool, localHost: 1 }),
      (error) => error instanceof SmemError && error.code === 'EPERM',
    )
  })

  for (const [name, description] of Object.entries({ v11, v12 })) {
    for (const more of [{}, running]) {
      it(`is there whatever words are spoiled, ${name}${more === running ? ', running' : ''}`, () => {
        const telling = fc.constantFrom(0, 1, 8, 0x20, 0x7fffffff, 0xffffffff, 0xa5a5, 0x2000)
        const words = fc.array(fc.tuple(interesting, fc.oneof(telling, fc.nat(0xffffffff))), {
          minLength: 1,
          maxLength: 24,
        })
        fc.assert(
          fc.property(words, (spoiled) => {
            const image = buildImage(description)
            const view = new DataView(image.bytes.buffer, image.bytes.byteOffset)
            for (const [at, value] of spoiled) view.setUint32(at, value, true)
            const page = pageOf(sourceOf(image, more))
            checkMap(page)
            const keys = page.items.map(({ key }) => key)
            assert.equal(new Set(keys).size, keys.length)
          }),
          { numRuns: 150, seed: 5 },
        )
      })
    }
  }
})

/** Word offsets where structures are: header, table, partition table, starts and ends of partitions. */
const interesting = fc.oneof(
  fc.nat(0x400).map((word) => word * 4),
  fc.nat(0x100).map((word) => SIZE - 4096 + word * 4),
  fc.nat(SIZE / 4 - 1).map((word) => word * 4),
  ...buildImage(v12).partitions.map(({ offset }) => fc.nat(0x40).map((word) => offset + word * 4)),
)

function large(items: readonly PartitionItemDescription[]) {
  const global = { global: true as const, size: MIB, cacheline: 64, items }
  return { ...v12, size: 2 * MIB, partitions: [global] } satisfies ImageDescription
}
