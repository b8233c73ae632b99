// SPDX-License-Identifier: MIT
// The browser of these tests keeps its eyes open: what a page must not do is noticed, whatever it is.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { until, useChromium, violations } from './chromium.js'
import { useFolder } from './dumps.js'

const sins: Record<string, { html: string; noticed: RegExp }> = {
  dialog: { html: '<script>alert("here")</script>', noticed: /^dialog: here$/ },
  error: { html: '<script>throw new Error("oh")</script>', noticed: /^error: oh$/ },
  console: { html: '<script>console.warn("hm")</script>', noticed: /^console: hm$/ },
  request: { html: '<img src="http://127.0.0.1:9/x.png">', noticed: /^request: http:.*x\.png$/ },
  handler: { html: '<img src="data:," onerror="alert(1)">', noticed: /^dialog: 1$/ },
  'broken policy': {
    html: '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"><script>1</script>',
    noticed: /^console: .*Content Security Policy/,
  },
}

describe('the browser of these tests', () => {
  const chromium = useChromium()
  const place = useFolder()

  for (const [name, { html, noticed }] of Object.entries(sins)) {
    it(`notices: ${name}`, async () => {
      const path = place('page.html')
      writeFileSync(path, `<!doctype html><title>page</title>${html}`)
      const { page, problems } = await chromium.open(pathToFileURL(path).href)
      await until(page, 'document.readyState === "complete"')
      assert.ok(
        problems.some((problem) => noticed.test(problem)),
        `nothing of ${problems.join(', ')}`,
      )
    })
  }

  it('notices: what some people cannot use', async () => {
    const path = place('page.html')
    writeFileSync(path, '<!doctype html><html lang="en"><title>page</title><button></button>')
    const { page } = await chromium.open(pathToFileURL(path).href)
    assert.match((await violations(page)).join('\n'), /^button-name: /m)
  })
})
