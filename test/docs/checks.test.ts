// SPDX-License-Identifier: MIT
// docs/checks.md has the checks and their explanations as the program has them, and docs/json.md the fields of
// what verify prints.

import assert from 'node:assert/strict'
import { checks } from '#lib/heap/check/checks.js'
import { verifyReport } from '#lib/inspect/verify.js'
import { broken, brokenRegions } from '../heap/check/broken.js'
import { read, section, tables } from './pages.js'

/** However the page breaks its lines. */
const unwrapped = (text: string) => text.trim().replace(/\s+/g, ' ')

describe('docs/checks.md', () => {
  it('has a section for each check, in their order', () => {
    const headings = [...read('docs/checks.md').matchAll(/^## (.*)$/gm)].map(([, name]) => name)
    assert.deepEqual(
      headings,
      checks.map(({ name }) => name),
    )
  })

  for (const { name, severity, explanation } of checks) {
    it(`explains ${name} as the program does`, () => {
      assert.equal(unwrapped(section('docs/checks.md', name)), `(${severity}) ${explanation}`)
    })
  }
})

describe('docs/json.md', () => {
  it('has the fields of verify', () => {
    const [heap] = broken['item-range']!
    const report = verifyReport(brokenRegions(heap!).regions, {})
    const explained = { schema: '', check: '', severity: '', explanation: '' }
    assert.deepEqual(
      tables(section('docs/json.md', '`verify --json`: `qcom-smem/verify@1`')).map((rows) =>
        rows.map(([name]) => name),
      ),
      [report, report.findings[0]!, explained].map((fields) => Object.keys(fields)),
    )
  })
})
