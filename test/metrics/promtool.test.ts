// SPDX-License-Identifier: MIT
// What Prometheus's own tool says of our metrics, our rules and the configuration that the documentation gives.

import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { profileNames } from '#lib/testing/profiles.js'
import { blocks } from '../docs/pages.js'
import { Exporter } from './exporter.js'
import { fleet, fleetFolder, promtool, root } from './prometheus.js'

const rules = join(fleet, 'alerts.yml')
const alertTests = join(root, 'test/metrics/alerts.yml')

describe('promtool', () => {
  for (const profile of profileNames) {
    it(`finds nothing to say about the metrics of ${profile}`, async () => {
      using soc = FakeSoc.create(profile)
      const exporter = await Exporter.start(`fake:${soc.path}`)
      try {
        const text = await (await exporter.scrape()).text()
        assert.match(text, /^qcom_smem_free_bytes\{/m)
        assert.equal(promtool(['check', 'metrics'], text), '')
      } finally {
        await exporter.end()
      }
    })
  }

  it('would find a counter without _total', () => {
    const text =
      '# HELP qcom_smem_things Things.\n# TYPE qcom_smem_things counter\nqcom_smem_things 1\n'
    assert.throws(() => promtool(['check', 'metrics'], text), /_total/)
  })

  it('takes the rules', () => {
    assert.match(promtool(['check', 'rules', rules]), /SUCCESS: \d+ rules found/)
  })

  it('takes the configuration, with the files that it names', () => {
    const folder = fleetFolder(['192.0.2.1:8787'], 'token')
    try {
      const said = promtool(['check', 'config', join(folder, 'prometheus.yml')])
      assert.match(said, /is valid prometheus config file/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('takes the configuration for boards behind a proxy', () => {
    const [example] = blocks('docs/fleet.md').filter(({ info }) => info === 'yaml')
    const folder = fleetFolder(['192.0.2.1:8788'], 'token')
    try {
      const path = join(folder, 'tls.yml')
      writeFileSync(path, example!.text)
      for (const [, name] of example!.text.matchAll(/_file: (\S+)/g)) {
        writeFileSync(join(folder, name!), '')
      }
      const said = promtool(['check', 'config', path])
      assert.match(said, /is valid prometheus config file/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('sees each alert raised where it should be, and none where all is well', () => {
    assert.match(promtool(['test', 'rules', alertTests]), /SUCCESS/)
  })

  it('is asked about every alert: that it is raised, and that it is not', () => {
    const alerts = [...readFileSync(rules, 'utf8').matchAll(/- alert: (\w+)/g)].map(
      ([, name]) => name,
    )
    const tests = readFileSync(alertTests, 'utf8')
    assert.ok(alerts.length >= 10)
    for (const name of alerts) {
      assert.match(
        tests,
        new RegExp(`alertname: ${name}, exp_alerts: \\[\\]`),
        `${name} stays quiet`,
      )
      assert.match(
        tests,
        new RegExp(`alertname: ${name}\\n +exp_alerts:\\n +- exp_labels`),
        `${name} is raised`,
      )
    }
  })
})
