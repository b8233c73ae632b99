// SPDX-License-Identifier: MIT
// What docs/json.md promises of the tables of items and boards.

import assert from 'node:assert/strict'
import { runCli } from '../cli/terminal.js'
import { section, tables } from './pages.js'

const described = (heading: string) =>
  tables(section('docs/json.md', heading)).map((rows) =>
    rows.flatMap(([names]) => names!.split(', ')).sort(),
  )
const keys = (value: unknown) => Object.keys(value as object).sort()
const json = async (...args: string[]) => JSON.parse((await runCli(['--json', ...args])).out)

describe('docs/json.md', () => {
  it('has the fields of items', async () => {
    const report = await json('items', '97')
    const [item] = report.items
    assert.deepEqual(described('`items [ITEM] --json`: `qcom-smem/items@1`'), [
      keys(report),
      keys(item),
      keys(item.readings[0]),
    ])
  })

  it('has the fields of boards', async () => {
    const report = await json('boards', 'sdm845')
    assert.deepEqual(described('`boards [SOC] --json`: `qcom-smem/boards@1`'), [
      keys(report),
      keys(report.boards[0]),
    ])
  })
})
