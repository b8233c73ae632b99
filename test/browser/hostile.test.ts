// SPDX-License-Identifier: MIT
// Memory is hostile input. Reports of snapshots in which every string is markup, a script or a terminal's escape
// show all of them as text: nothing runs, nothing is asked for, nothing is said to a terminal.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { ListReport } from '#lib/inspect/list.js'
import { profileNames } from '#lib/testing/profiles.js'
import { picture, until, useChromium } from './chromium.js'
import { useFolder, writeHostileDump } from './dumps.js'
import { json, run, serve } from './program.js'

/** What no page of ours has in it, unless a text has become markup. */
const foreign =
  'document.querySelectorAll(\'main script, main img, main iframe, main b, main i, main [onload], main [onerror], main [onclick], a[href^="javascript" i], a[href^="//"], a[href*=evil]\').length'

for (const name of profileNames) {
  describe(`the report of a hostile ${name}`, () => {
    const chromium = useChromium()
    const place = useFolder()
    let items: ListReport['items']

    before(() => {
      writeHostileDump(place('smem.elf'), name)
      const source = ['--source', `file:${place('smem.elf')}`]
      items = json<ListReport>([...source, 'list']).items
      const said = run([...source, 'report', '-o', place('report.html')], [0, 1, 3])
      assert.ok(!said.includes('\x1b'))
    })

    const open = (hash = '') =>
      chromium.open(pathToFileURL(place('report.html')).href + hash, { acceptDownloads: false })

    it('has nothing in its file that ends the data, or is an escape', () => {
      const text = readFileSync(place('report.html'), 'utf8')
      assert.equal(text.match(/<script/g)!.length, text.match(/<\/script>/g)!.length)
      assert.equal(text.match(/<script/g)!.length, 2)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      assert.doesNotMatch(text, /[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]/)
    })

    it('shows every item, and runs none of them', async () => {
      const { page, problems } = await open()
      await until(page, 'document.readyState === "complete"')
      for (const [i, { id }] of items.entries()) {
        if (i > 0)
          await page
            .getByRole('link', { name: 'Next' })
            .or(page.getByRole('button', { name: 'Next' }))
            .first()
            .click()
        else await page.locator('table.items tbody a').first().click()
        await page.locator('article.item').waitFor()
        assert.equal(await page.evaluate(foreign), 0, `item ${id} has become markup`)
      }
      await picture(page, `hostile-${name}`)
      assert.deepEqual(problems, [])
    })

    it('shows attacks as what they are: text', async () => {
      const { page } = await open()
      const text = await page.locator('header').innerText()
      assert.ok(text.includes('<script>alert("model")</script>'))
    })

    it('is searched for an attack, which finds it and runs nothing', async () => {
      const { page, problems } = await open()
      await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('<b>x</b>')
      await page
        .getByRole('status')
        .filter({ hasText: /^[1-9]\d* of \d+ items/ })
        .waitFor()
      assert.ok((await page.locator('table.items tr[data-key]').count()) > 0)
      assert.equal(await page.evaluate(foreign), 0)
      assert.deepEqual(problems, [])
    })

    it('is served live, and runs nothing', async () => {
      const server = await serve(`file:${place('smem.elf')}`, ['--listen', '127.0.0.1:0'])
      try {
        const allow = /\/(events|favicon\.ico)$/
        const { page, problems } = await chromium.open(server.url, { allow })
        await page.locator('table.items tbody a').first().click()
        await page.locator('article.item').waitFor()
        assert.match(await page.locator('header').innerText(), /<script>alert\("model"\)/)
        assert.equal(await page.evaluate(foreign), 0)
        assert.deepEqual(problems, [])
      } finally {
        await server.stop()
      }
    })

    it('prints, and runs nothing', async () => {
      const { page, problems } = await open()
      await page.emulateMedia({ media: 'print' })
      await until(
        page,
        `document.querySelectorAll('table.items tr[data-key]').length === ${items.length}`,
      )
      assert.equal(await page.evaluate(foreign), 0)
      assert.deepEqual(problems, [])
    })
  })
}
