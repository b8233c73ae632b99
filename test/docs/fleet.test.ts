// SPDX-License-Identifier: MIT
// What the page about fleets promises: that its tables have every metric and every alert, and the costs as they are.

import assert from 'node:assert/strict'
import { Metrics } from '#lib/inspect/metrics.js'
import { profileNames } from '#lib/testing/profiles.js'
import { costOf } from '../../bench/suites/metrics.js'
import { read, section, tables } from './pages.js'

const page = 'docs/fleet.md'

describe(page, () => {
  it('has every metric, with its type and labels', async () => {
    const { text } = await new Metrics({ version: '1', processMetrics: true }).page()
    const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type])
    const [rows] = tables(section(page, 'The metrics'))
    const described = rows!.map(([name, type]) => [name, type])
    assert.deepEqual(described.toSorted(), types.toSorted())
  })

  it('has every alert of the rules', () => {
    const alerts = [...read('docs/fleet/alerts.yml').matchAll(/- alert: (\w+)/g)]
    const [rows] = tables(section(page, 'The alerts'))
    assert.deepEqual(
      rows!.map(([name]) => name),
      alerts.map(([, name]) => name),
    )
  })

  it('has the words that a sample and a scrape read, and there are no writes', async () => {
    const [rows] = tables(section(page, 'What it costs a board'))
    const costs = []
    for (const profile of profileNames) {
      const { sample, scrape, series } = await costOf(profile)
      assert.deepEqual([sample.writes, scrape.writes], [0, 0])
      const numbers = [sample.words, sample.reads, scrape.words, scrape.reads, series]
      costs.push([profile, ...numbers.map(String)])
    }
    assert.deepEqual(rows, costs)
  })

  it('asks for no metric, in rules or dashboard, that there is not', async () => {
    const { text } = await new Metrics({ version: '1', processMetrics: true }).page()
    const known = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name))
    const used = ['alerts.yml', 'dashboard.json'].flatMap((file) => [
      ...read(`docs/fleet/${file}`).matchAll(/(?<![\w:])qcom_smem_\w+(?=[{[\s)])/g),
    ])
    const names = used.map(([name]) => name.replace(/_bucket$/, ''))
    assert.ok(names.length > 30)
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
    )
  })
})
