// SPDX-License-Identifier: MIT
// The decision records: each is in the index by its title, and tells why, what, and what follows.

import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { filesBelow, read, tables } from './pages.js'

const index = 'docs/decisions/README.md'
const records = filesBelow('docs/decisions')
  .filter((file) => file !== index)
  .sort()

describe('docs/decisions', () => {
  it('has an index with the title of each record', () => {
    const titles = records.map((file) => {
      const [, number, title] = /^# (\d{4}): (.*)\n/.exec(read(file))!
      return [`[${number}](${basename(file)})`, title]
    })
    assert.deepEqual(tables(read(index))[0], titles)
  })

  it('has one record for each number', () => {
    const numbers = records.map((file) => basename(file).slice(0, 4))
    assert.deepEqual(numbers, [...new Set(numbers)])
  })

  for (const file of records) {
    it(`${basename(file)} tells why, what, and what follows`, () => {
      const headings = [...read(file).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
      assert.deepEqual(headings, ['Context', 'Decision', 'Consequences'])
    })
  }
})
