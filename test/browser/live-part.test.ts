// SPDX-License-Identifier: MIT
// What only the live page has, before a server that does as it is told: its condition, pause and steps through the
// last minutes, what flashes and what is said, and how it gets over a server and a source that go away.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type PageChange, type PageData, type PageItem, pageData } from '#lib/inspect/page.js'
import { Smem } from '#lib/smem.js'
import { drawn, type Page, picture, until, useChromium, violations } from './chromium.js'
import { MockServer } from './mock-server.js'

const events = /\/(events|page\.(js|css)|favicon\.ico)$/
/** Chromium's own words for a stream that ended, and an answer that was none. */
const ended = /ERR_INCOMPLETE_CHUNKED|503|ERR_CONNECTION/

/** The fake as a page, at a time of its own. */
function fakePage(): PageData {
  using smem = Smem.open({ source: 'fake:sdm845' })
  return pageData(smem, { mode: 'live', tool: { name: 'qcom-smem', version: '1' } })
}

const laterBy = ({ time }: PageData, ms: number) => new Date(Date.parse(time) + ms).toISOString()

const nothing = ({ info, partitions }: PageData): Omit<PageChange, 'time'> => {
  return { items: [], gone: [], info, partitions, map: null, findings: null }
}

/** The item with another first byte. */
function touched(item: PageItem): PageItem {
  const bytes = Buffer.from(item.bytes!, 'base64')
  bytes[0]! ^= 0xff
  return { ...item, bytes: bytes.toString('base64') }
}

const condition = (page: Page) => page.locator('.live-condition strong')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('the live part of the page', () => {
  const chromium = useChromium()
  let data: PageData
  let item: PageItem
  let mock: MockServer

  before(() => {
    data = fakePage()
    item = data.items.find(
      ({ fields, bytes }) => bytes !== null && fields.some((f) => f.offset === 0),
    )!
  })
  beforeEach(async () => {
    mock = await MockServer.start(data)
  })
  afterEach(() => mock.stop())

  const open = async (options = {}) => {
    const tab = await chromium.open(mock.url, { allow: events, expected: ended, ...options })
    await condition(tab.page).filter({ hasText: 'Live' }).waitFor()
    return tab
  }
  const change = (ms: number, news: Partial<PageChange>) =>
    mock.change({ ...nothing(data), time: laterBy(data, ms), ...news })
  const freeSpace = (free: number) => ({ info: { ...data.info, freeSpace: free } })

  it('is live when the first page has come, with charts in pictures and in words', async () => {
    const { page, problems } = await open()
    assert.ok((await page.locator('.chart canvas').count()) === 2)
    await page.locator('.live-charts p', { hasText: /^Free: global heap: [\d,]+ bytes/ }).waitFor()
    change(100, freeSpace(4321))
    await page.locator('.live-charts p', { hasText: 'global heap: 4,321 bytes' }).waitFor()
    await picture(page, 'live-part')
    assert.deepEqual(problems, [])
  })

  it('stays where it is while paused, steps back and forth, and returns to what is new', async () => {
    const { page } = await open()
    const time = page.locator('.live-condition time')
    const shown = () => time.getAttribute('datetime')
    change(100, freeSpace(1000))
    await page.locator(`.live-condition time[datetime="${laterBy(data, 100)}"]`).waitFor()
    await button(page, 'Pause').click()
    await condition(page).filter({ hasText: 'Paused' }).waitFor()
    change(200, freeSpace(900))
    change(300, freeSpace(800))
    await page.getByText('2 changes since').waitFor()
    assert.equal(await shown(), laterBy(data, 100))
    await button(page, 'Step back').click()
    assert.equal(await shown(), data.time)
    await page.getByText('3 changes since').waitFor()
    // The first moment: there is none before it.
    await button(page, 'Step back').click({ force: true })
    assert.equal(await shown(), data.time)
    for (const ms of [100, 200, 300]) {
      await button(page, 'Step forward').click()
      assert.equal(await shown(), laterBy(data, ms))
    }
    await page.getByRole('slider', { name: 'Moment' }).press('Home')
    assert.equal(await shown(), data.time)
    await button(page, 'Back to live').click()
    await condition(page).filter({ hasText: 'Live' }).waitFor()
    assert.equal(await shown(), laterBy(data, 300))
  })

  it('links to a snapshot of now, and saves a moment that is past as JSON', async () => {
    const { page } = await open()
    const link = page.getByRole('link', { name: 'Save a snapshot' })
    assert.equal(await link.getAttribute('href'), 'snapshot')
    change(100, freeSpace(1000))
    await page.locator(`.live-condition time[datetime="${laterBy(data, 100)}"]`).waitFor()
    await button(page, 'Step back').click()
    const download = page.waitForEvent('download')
    await button(page, 'Save what is shown (JSON)').click()
    const path = await (await download).path()
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), JSON.parse(JSON.stringify(data)))
  })

  it('flashes the bytes and the field that have changed, and nothing else', async () => {
    const { page } = await open()
    await page.evaluate(`location.hash = '#item=' + encodeURIComponent('${item.key}')`)
    await page.locator('[data-offset="0"]').first().waitFor()
    // Marks go after a while: they are written down when they come.
    await page.evaluate(`
      window.marked = []
      new MutationObserver((records) => {
        for (const { target } of records) {
          const { changed, offset, path } = target.dataset
          const where = target.closest('article.item, table.items') === null ? 'elsewhere' : ''
          if (changed !== undefined) window.marked.push(where + (offset ?? path ?? 'row'))
        }
      }).observe(document.body, { attributes: true, attributeFilter: ['data-changed'], subtree: true })
    `)
    change(100, { items: [touched(item)] })
    await until(page, "window.marked.includes('0')")
    const marked = new Set((await page.evaluate('window.marked')) as string[])
    const fields = item.fields.filter(({ offset, size }) => offset === 0 && size > 0)
    const own = new Set(['0', 'row', ...fields.map(({ path }) => path)])
    assert.deepEqual(
      [...marked].filter((mark) => !own.has(mark)),
      [],
    )
    assert.ok(
      fields.some(({ path }) => marked.has(path)),
      `${[...marked]} has no field`,
    )
    // And again when one steps to where it changed, but not to where it had not.
    await page.evaluate('window.marked = []')
    await button(page, 'Step back').click()
    await page.locator(`.live-condition time[datetime="${data.time}"]`).waitFor()
    await drawn(page)
    assert.deepEqual(await page.evaluate('window.marked'), [])
    await button(page, 'Step forward').click()
    await until(page, "window.marked.includes('0')")
  })

  it('lets nothing move where motion is not wanted', async () => {
    const { page } = await open({ reducedMotion: 'reduce' })
    await page.evaluate("document.querySelector('h1, h2').dataset.changed = '1'")
    const name = await page.evaluate(
      "getComputedStyle(document.querySelector('[data-changed]')).animationName",
    )
    assert.equal(name, 'none')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read while it flashes, ${colorScheme}`, async () => {
      const { page } = await open({ colorScheme })
      await page.evaluate(`location.hash = '#item=' + encodeURIComponent('${item.key}')`)
      await page.locator('article.item .hexdump [data-offset="0"]').waitFor()
      await page.evaluate(`
        for (const element of document.querySelectorAll('tr[data-key], article.item .hexdump [data-offset], article.item .fields [data-path]')) {
          element.dataset.changed = '1'
        }
        for (const animation of document.getAnimations()) {
          animation.pause()
          animation.currentTime = 0
        }
      `)
      await picture(page, `flash-${colorScheme}`)
      assert.deepEqual(await violations(page), [])
    })
  }

  it('says politely what has changed, many changes in one sentence', async () => {
    const { page } = await open()
    await page.evaluate(`
      window.said = []
      const news = document.querySelector('[aria-live="polite"].live-news')
      new MutationObserver(() => news.textContent === '' || window.said.push(news.textContent))
        .observe(news, { childList: true, characterData: true, subtree: true })
    `)
    change(10, { items: [touched(item)] })
    await until(page, 'window.said.length === 1')
    const [first, second] = data.items
    for (let i = 0; i < 20; i++) change(20 + i, { items: [touched(first!), touched(second!)] })
    change(50, { gone: [item.key] })
    await until(page, 'window.said.length > 1')
    const said = (await page.evaluate('window.said')) as string[]
    assert.equal(said.length, 2)
    assert.match(said[0]!, /^Changed: /)
    assert.match(said[1]!, /^Changed: .*\. Gone: 1\.$/)
  })

  it('tells that the server is gone, asks again when told to, and goes on when it is back', async () => {
    const { page, problems } = await open()
    // By itself it would ask again within a second, and there would be no button to click.
    await page.evaluate(`{
      const { setTimeout } = window
      window.setTimeout = (done, ms) => (ms > 300 ? 0 : setTimeout(done, ms))
    }`)
    const before = mock.asked
    mock.goAway()
    await page.getByRole('alert').filter({ hasText: 'The server does not answer' }).waitFor()
    await condition(page).filter({ hasText: 'Lost' }).waitFor()
    await picture(page, 'live-lost')
    assert.deepEqual(await violations(page, '.live'), [])
    mock.comeBack({ ...data, time: laterBy(data, 60_000) })
    await button(page, 'Try now').click()
    await condition(page).filter({ hasText: 'Live' }).waitFor()
    await page.locator(`.live-condition time[datetime="${laterBy(data, 60_000)}"]`).waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
    assert.ok(mock.asked > before)
    assert.deepEqual(problems, [])
  })

  it('notices that nothing comes any more, though the connection is open', async () => {
    const { page } = await open()
    // The patience of the page, a hundredth of it; the next sign of life begins with that.
    await page.evaluate(`{
      const patient = window.setTimeout
      window.setTimeout = (done, ms) => patient(done, ms > 10000 ? ms / 100 : ms)
      window.bePatient = () => (window.setTimeout = patient)
    }`)
    mock.fallSilent()
    change(100, freeSpace(1000))
    await page.getByRole('alert').filter({ hasText: 'The server does not answer' }).waitFor()
    await page.evaluate('bePatient()')
    mock.comeBack(data)
    await condition(page).filter({ hasText: 'Live' }).waitFor()
  })

  it('comes back by itself', async () => {
    const { page } = await open()
    mock.goAway()
    await condition(page).filter({ hasText: 'Lost' }).waitFor()
    mock.comeBack(data)
    await condition(page).filter({ hasText: 'Live' }).waitFor()
  })

  it('tells that the memory cannot be read, as text, and when it can be again', async () => {
    const { page, problems } = await open()
    mock.source('lost', '<img src=x onerror=alert(1)> the board is off')
    const alert = page.getByRole('alert')
    await alert.filter({ hasText: '<img src=x onerror=alert(1)> the board is off' }).waitFor()
    await condition(page).filter({ hasText: 'Lost' }).waitFor()
    mock.source('ok')
    await condition(page).filter({ hasText: 'Live' }).waitFor()
    assert.deepEqual(problems, [])
  })
})
