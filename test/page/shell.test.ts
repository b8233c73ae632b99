// SPDX-License-Identifier: MIT
// The frame of the page: its one-line summary and verdict, what a search of all of it finds, and colours that can be
// read in both themes.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageData } from '#lib/inspect/page.js'
import { reportPage } from '#lib/inspect/report.js'
import { openSource } from '#lib/source/open.js'
import { buildImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { sourceOf, tool } from '../inspect/page-source.js'
import { frontEnd } from './front-end.js'

interface Summary {
  summaryOf(page: PageData): string[]
  verdictOf(page: PageData): { kind: string; text: string }
  sizeText(bytes: number): string
}

interface Search {
  searchPage(
    page: PageData,
    query: string,
  ): {
    shown: { kind: string; title: string; detail: string; item: string | null }[]
    items: number
  }
}

const sdm845 = () => buildImage(profiles.sdm845.describe())

describe('the summary of a page', () => {
  let summary: Summary
  before(async () => {
    summary = await frontEnd<Summary>('shell/summary.ts')
  })

  it('tells source, chip, version, items, space and time', () => {
    const source = openSource({ source: 'fake:sdm845' })
    const page = reportPage(source, { tool })
    source.close()
    const time = `${page.time.slice(0, 10)} ${page.time.slice(11, 19)} UTC`
    assert.deepEqual(summary.summaryOf(page), [
      'fake:sdm845',
      'qcom,sdm845',
      'version 12.0',
      `${page.items.length} items`,
      '500.9 KiB free',
      `seen ${time}`,
    ])
  })

  it('leaves out what is not known of a heap that no driver would open', () => {
    const image = sdm845()
    image.patch32(0xc0, 0)
    const page = reportPage(sourceOf(image), { tool })
    const [version, items, ...rest] = summary.summaryOf(page)
    assert.deepEqual([version, items, rest.length], ['version 12.0', '0 items', 1])
  })

  it('counts findings by how bad they are', () => {
    const page = reportPage(sourceOf(sdm845()), { tool })
    const verdict = (...severities: string[]) =>
      summary.verdictOf({
        ...page,
        verify: { findings: severities.map((severity) => ({ severity })) },
      } as unknown as PageData)
    assert.deepEqual(verdict(), { kind: 'ok', text: 'no findings' })
    assert.deepEqual(verdict('warning'), { kind: 'warning', text: '1 warning' })
    assert.deepEqual(verdict('error', 'error', 'warning'), {
      kind: 'error',
      text: '2 errors, 1 warning',
    })
  })

  it('never calls sound what no driver would open', () => {
    const page = reportPage(sourceOf(sdm845()), { tool })
    const problem = { code: 'ENODEV', message: '', hint: null }
    assert.deepEqual(summary.verdictOf({ ...page, problem }), {
      kind: 'error',
      text: 'cannot be opened',
    })
  })

  it('has sizes that can be read', () => {
    const texts = [0, 1023, 1024, 1536, 2 ** 20, 2.5 * 2 ** 20].map(summary.sizeText)
    assert.deepEqual(texts, ['0 bytes', '1023 bytes', '1 KiB', '1.5 KiB', '1 MiB', '2.5 MiB'])
  })
})

describe('a search of the whole page', () => {
  let search: Search
  let page: PageData
  before(async () => {
    search = await frontEnd<Search>('shell/results.ts')
    const image = sdm845()
    // The canary of the modem's first entry.
    image.patch32(image.partitions[1]!.offset + 32, 0)
    page = reportPage(sourceOf(image), { tool })
  })
  const found = (query: string) =>
    search.searchPage(page, query).shown.map(({ kind, title }) => `${kind} ${title}`)

  it('finds nothing for nothing', () => {
    assert.deepEqual(search.searchPage(page, '  '), { shown: [], items: 0 })
  })

  it('finds items by name, by id and by an address in them, and leads to them', () => {
    const { key, address } = page.items.find(({ id }) => id === 137)!
    const inside = `0x${(Number(address) + 9).toString(16)}`
    for (const query of ['build_id', inside]) {
      const [first] = search.searchPage(page, query).shown
      assert.deepEqual([first!.title, first!.item], ['137 SMEM_HW_SW_BUILD_ID', key])
    }
    assert.ok(found('0x89').includes('item 137 SMEM_HW_SW_BUILD_ID'))
  })

  it('finds findings, partitions and firmware images', () => {
    assert.ok(found('canary').includes('finding partition-canary'))
    assert.ok(found('cdsp').includes('partition apps and cdsp'))
    const { image, name } = page.versions!.images[0]!
    assert.ok(found(name).includes(`image ${image}`))
  })

  it('shows a few of many, and tells how many there are', () => {
    const { shown, items } = search.searchPage(page, 'smem')
    const listed = shown.filter(({ kind }) => kind === 'item').length
    assert.ok(items > listed && listed === 8, `${items}, ${listed}`)
  })
})

describe('the palette', () => {
  const css = readFileSync(
    join(import.meta.dirname, '../../../../lib/page/shell/palette.css'),
    'utf8',
  )
  const colors = new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
      ([, name, light, dark]) => [name!, [light!, dark!] as const],
    ),
  )
  const grounds = ['ground', 'surface', 'raised']
  const texts = [...colors.keys()].filter(
    (name) => ![...grounds, 'border', 'highlight'].includes(name),
  )

  it('has a colour for each of ten hosts, and one for what is global', () => {
    assert.equal(texts.filter((name) => name.startsWith('host-')).length, 11)
  })

  for (const [theme, index] of [
    ['light', 0],
    ['dark', 1],
  ] as const) {
    it(`stands out from each ground by 4.5 to 1 or more, ${theme}`, () => {
      for (const name of texts) {
        for (const ground of grounds) {
          const ratio = contrast(colors.get(name)![index], colors.get(ground)![index])
          assert.ok(ratio >= 4.5, `${name} on ${ground}: ${ratio.toFixed(2)}`)
        }
      }
    })
  }
})

/** As WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
