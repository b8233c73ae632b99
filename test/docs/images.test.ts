// SPDX-License-Identifier: MIT
// The drawings of the pages: each is shown somewhere, says what it shows to those who cannot see it, asks for nothing
// from elsewhere, and is to be read on white and on black. The one with numbers has the builder's.

import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { buildImage, type ImageRegion } from '#lib/testing/image.js'
import { filesBelow, pages, read, root } from './pages.js'

const images = filesBelow('docs/images')
const drawings = images.filter((file) => file.endsWith('.svg'))

describe('docs/images', () => {
  it('has no image that no page shows', () => {
    const shown = pages.map(read).join('\n')
    assert.deepEqual(
      images.filter((file) => !shown.includes(file.replace(/^docs\//, ''))),
      [],
    )
  })

  it('says of each image what it shows, and keeps them small', () => {
    for (const page of pages) {
      for (const [, text, place] of read(page).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)) {
        assert.ok(text!.length >= 20, `${place} of ${page} says "${text}"`)
      }
    }
    for (const file of images) {
      assert.ok(statSync(join(root, file)).size <= 100_000, `${file} is large`)
    }
  })

  it('is shown in the README: the map, an item, and the live page', () => {
    const shown = [...read('README.md').matchAll(/\(docs\/images\/(\w+)\.png\)/g)]
    assert.deepEqual(
      shown.map(([, name]) => name),
      ['report', 'item', 'live'],
    )
  })

  for (const file of drawings) {
    it(`${file} can be read by everybody, and asks for nothing`, () => {
      const drawing = read(file)
      assert.match(drawing, /<title>[^<]+<\/title>\n {2}<desc>[^<]{40,}<\/desc>/)
      assert.match(drawing, /@media \(prefers-color-scheme: dark\)/)
      assert.doesNotMatch(drawing, /<script|href=|@import|url\((?!#)/)
    })
  }

  it('shows a partition as the image builder makes it', () => {
    const image = buildImage({
      version: 12,
      base: 0,
      size: 0x100000,
      partitions: [
        { global: true, size: 0x10000 },
        {
          host0: 0,
          host1: 1,
          size: 0x1000,
          cacheline: 64,
          items: [
            { id: 300, size: 20 },
            { id: 301, size: 100, cached: true },
          ],
        },
      ],
    })
    const [{ bytes }] = image.regions as [ImageRegion]
    const start = image.partitions[1]!.offset
    const uncached = image.item(300, 1)
    const cached = image.item(301, 1)
    const word = (offset: number) =>
      new DataView(bytes.buffer, bytes.byteOffset).getUint32(start + offset, true)
    const places = [uncached.record, uncached.offset, cached.offset, cached.record].map(
      (offset) => offset - start,
    )
    const hex = (offset: number) => `0x${offset.toString(16).padStart(3, '0')}`
    const drawing = read('docs/images/partition.svg')
    const found = [...drawing.matchAll(/class="mono end"[^>]*>(0x\w+)</g)].map(([, text]) => text)
    assert.deepEqual(found, [
      ...['0x000', ...places.slice(0, 2).map(hex), hex(word(0x0c))],
      ...[...places.slice(2), cached.record - start + 16].map(hex),
      '0x1000',
    ])
    assert.ok(drawing.includes(`free uncached = ${hex(word(0x0c))}`))
    assert.ok(drawing.includes(`free cached = ${hex(word(0x10))}`))
  })
})
