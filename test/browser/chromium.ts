// SPDX-License-Identifier: MIT
// The browser of these tests: the distribution's Chromium, headless. Every tab is held to the same promises: it says
// nothing on the console, opens no dialog, and asks for nothing that the test did not allow.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

export type { Page } from 'playwright-core'

const remedy = 'sh scripts/apt-install.sh chromium'
const program = process.env.QCOM_SMEM_CHROMIUM ?? '/usr/bin/chromium'
const pictures = join(import.meta.dirname, '../../../browser')

export interface TabOptions extends BrowserContextOptions {
  /** What may be asked for besides the page itself; nothing by default. */
  readonly allow?: RegExp
  /** Messages of the console that belong to the test. */
  readonly expected?: RegExp
}

export interface Tab {
  readonly page: Page
  /** What the page did that it must not do. */
  readonly problems: readonly string[]
}

/** A browser for the tests of the surrounding `describe`. */
export function useChromium(): { open(address: string, options?: TabOptions): Promise<Tab> } {
  let browser: Browser | null = null
  before(async function () {
    this.timeout(60_000)
    assert.ok(existsSync(program), `${program} is missing: ${remedy}`)
    browser = await chromium.launch({
      executablePath: program,
      // Chromium's own sandbox needs a user who is not root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    })
  })
  after(() => browser?.close())
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  return {
    open: async (address, { allow = /^$/, expected = /^$/, ...options } = {}) => {
      const context = await browser!.newContext({
        viewport: { width: 1280, height: 900 },
        ...options,
      })
      const page = await context.newPage()
      // Shorter than that of mocha, which does not know what was waited for.
      page.setDefaultTimeout(10_000)
      const problems: string[] = []
      watch(page, { address, allow, expected, problems })
      await page.goto(address)
      return { page, problems }
    },
  }
}

function watch(
  page: Page,
  asked: { address: string; allow: RegExp; expected: RegExp; problems: string[] },
): void {
  const { address, allow, expected, problems } = asked
  const [home] = address.split('#')
  page.on('console', (message) => {
    const quiet = ['debug', 'info'].includes(message.type()) || expected.test(message.text())
    if (!quiet) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', ({ message }) => problems.push(`error: ${message}`))
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => problems.push(`popup: ${popup.url()}`))
  page.on('request', (request) => {
    const url = request.url()
    const known = url.split('#')[0] === home || url.startsWith('data:') || allow.test(url)
    if (!known) problems.push(`request: ${url}`)
  })
}

/** What axe-core finds wrong with the page as it is now, or a part of it, one line for each. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(`axe.run('${part}')`)) as axe.AxeResults
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`)
    return `${id}: ${help}: ${where.join(' | ')}`
  })
}

/** Waits for an expression of the page; as `evaluate`, it is not bound by the page's policy. */
export async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await page.evaluate(`Boolean(${expression})`))) {
    assert.ok(Date.now() < end, `this never came true: ${expression}`)
    await page.waitForTimeout(20)
  }
}

/** Lets the page draw what it has to. */
export async function drawn(page: Page): Promise<void> {
  for (let frame = 0; frame < 4; frame++) {
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))')
  }
}

/** A picture for people, in build/browser. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}
