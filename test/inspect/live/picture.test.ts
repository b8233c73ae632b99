// SPDX-License-Identifier: MIT
// What is told of two pages, one after the other: the items that differ, and no more.

import assert from 'node:assert/strict'
import { Picture } from '#lib/inspect/live/picture.js'
import { type PageChange, type PageData, type PageItem, pageData } from '#lib/inspect/page.js'
import { Smem } from '#lib/smem.js'
import { section, tables } from '../../docs/pages.js'
import { tool } from './scene.js'

/** The fields of a change in docs/json.md. */
function documented(): string[] {
  const [, , change = []] = tables(section('docs/json.md', '`serve --json`: `qcom-smem/serve@1`'))
  return change.flatMap(([names]) => names!.split(', ')).sort()
}

describe('a picture', () => {
  let page: PageData
  before(() => {
    using smem = Smem.open({ source: 'fake:sdm845' })
    page = pageData(smem, { mode: 'live', tool })
  })

  const changeOf = (text: string | null) => JSON.parse(text!) as PageChange
  const other = (item: PageItem): PageItem => ({ ...item, bytes: 'AAAA' })

  it('is the page, as JSON', () => {
    assert.deepEqual(JSON.parse(new Picture(page).json), JSON.parse(JSON.stringify(page)))
  })

  it('has no news where only time has passed', () => {
    assert.equal(new Picture(page).replace({ ...page, time: 'later' }), null)
    assert.equal(
      new Picture(page).touch([page.items[3]!], new Date(), page.info.hwlock!.owner),
      null,
    )
  })

  it('tells of new, changed and lost items', () => {
    const [first, second, third, ...rest] = page.items as [PageItem, PageItem, PageItem]
    const fresh = { ...first, key: 'g:999:0' }
    const picture = new Picture({ ...page, items: [first, second, third, ...rest] })
    const items = [first, other(second), fresh, ...rest]
    const change = changeOf(picture.replace({ ...page, items }))
    assert.deepEqual(
      change.items.map(({ key }) => key),
      [second.key, 'g:999:0'],
    )
    assert.deepEqual(change.gone, [third.key])
    assert.deepEqual(Object.keys(change).sort(), documented())
    assert.deepEqual([change.map, change.findings], [null, null])
    assert.deepEqual(JSON.parse(picture.json).items, JSON.parse(JSON.stringify(items)))
  })

  it('keeps items that were touched where they stood', () => {
    const picture = new Picture(page)
    const touched = other(page.items[5]!)
    const change = changeOf(picture.touch([touched], new Date(0), 1))
    assert.deepEqual(
      change.items.map(({ key }) => key),
      [touched.key],
    )
    assert.deepEqual([change.time, change.info.hwlock?.owner], [new Date(0).toISOString(), 1])
    const now = JSON.parse(picture.json) as PageData
    assert.deepEqual(
      now.items.map(({ key }) => key),
      page.items.map(({ key }) => key),
    )
    assert.equal(now.items[5]!.bytes, 'AAAA')
  })

  it('asks for the whole page where a change has no word for what differs', () => {
    assert.equal(new Picture(page).replace({ ...page, warnings: ['new'] }), 'all')
    assert.equal(new Picture(page).replace({ ...page, hosts: {} }), 'all')
  })
})
