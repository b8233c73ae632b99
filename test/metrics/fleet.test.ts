// SPDX-License-Identifier: MIT
// A real Prometheus server, configured as the documentation says, watches two boards at once.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ItemId } from '#lib/data/item-names.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { Exporter } from './exporter.js'
import { fleet, Prometheus } from './prometheus.js'

const MODEM = 1
/** As `openssl rand -hex 32` makes them. */
const token = randomBytes(32).toString('hex')
const profiles = ['msm8916', 'sdm845'] as const

interface Panel {
  readonly title: string
  readonly targets: readonly { readonly expr: string }[]
}

describe('a fleet of two boards', () => {
  const socs: FakeSoc[] = []
  const exporters: Exporter[] = []
  let prometheus: Prometheus

  before(async () => {
    for (const profile of profiles) {
      const soc = FakeSoc.create(profile)
      socs.push(soc)
      exporters.push(await Exporter.start(`fake:${soc.path}`, token))
    }
    const targets = exporters.map(({ target }) => target)
    prometheus = await Prometheus.start(targets, token)
    await prometheus.eventually('up == 1', (samples) => samples.length === 2)
  })

  after(async () => {
    await prometheus?.end()
    for (const exporter of exporters) await exporter.end()
    for (const soc of socs) soc.close()
  })

  it('is scraped without a complaint', async () => {
    // Of a scrape that was too slow the next one makes good.
    let complaints: string[] = []
    await prometheus.until(
      async () => {
        const targets = await prometheus.targets()
        complaints = targets.flatMap(({ health, lastError }) =>
          health === 'up' ? [] : [lastError],
        )
        return targets.length === exporters.length && complaints.length === 0
      },
      () => `it complains: ${complaints}`,
    )
  })

  it('lets nobody in who does not have the token', async () => {
    assert.equal((await exporters[0]!.scrape(null)).status, 401)
    assert.equal((await exporters[0]!.scrape('0'.repeat(64))).status, 401)
    assert.equal((await exporters[0]!.scrape()).status, 200)
  })

  it('tells what room each heap of each board has, as its memory does', async () => {
    for (const [i, soc] of socs.entries()) {
      using smem = Smem.open({ source: `fake:${soc.path}` })
      const instance = exporters[i]!.target
      const [global] = await prometheus.eventually(
        `qcom_smem_free_bytes{heap="global",instance="${instance}"}`,
        (samples) => samples.length === 1,
      )
      assert.equal(global?.value, smem.freeSpace())
      assert.equal(global.metric.rack, 't1')
    }
    const hosts = await prometheus.eventually(
      'qcom_smem_free_bytes{heap="private"}',
      (samples) => samples.length === 5,
    )
    assert.deepEqual(hosts.map(({ metric }) => metric.host).sort(), [
      'adsp',
      'cdsp',
      'modem',
      'spss',
      'ssc',
    ])
  })

  it('tells the boards apart by their chips', async () => {
    const chips = await prometheus.query('count by (soc) (qcom_smem_socinfo_info)')
    assert.deepEqual(chips.map(({ metric }) => metric.soc).sort(), ['MSM8916', 'SDM845'])
  })

  it('shows an allocation by another process as a rate', async () => {
    using smem = Smem.open({ source: `fake:${socs[1]!.path}`, writable: true })
    smem.alloc(310, 4096, { host: MODEM })
    const [grown] = await prometheus.eventually(
      'increase(qcom_smem_allocated_bytes_total{host="modem"}[1m])',
      ([sample]) => (sample?.value ?? 0) >= 4096,
    )
    assert.equal(grown?.metric.instance, exporters[1]!.target)
    assert.deepEqual(await prometheus.query('qcom_smem_allocations_total{heap="global"} > 0'), [])
  })

  it('shows a crash that SMP2P does not tell of, and raises an alert for it', async () => {
    using smem = Smem.open({ source: `fake:${socs[1]!.path}` })
    const { address } = smem.get(ItemId.SSR_REASON_LPASS0)
    // `oops`
    socs[1]!.patch32(address, 0x73706f6f)
    const [crash] = await prometheus.eventually(
      'qcom_smem_crash_reasons_total > 0',
      (samples) => samples.length > 0,
    )
    const { instance, subsystem } = crash!.metric
    assert.deepEqual([instance, subsystem], [exporters[1]!.target, 'LPASS'])
    await prometheus.eventually(
      'ALERTS{alertname="QcomSmemSubsystemCrashed",alertstate="firing"}',
      (samples) => samples.length > 0,
    )
    assert.deepEqual(await prometheus.query('qcom_smem_smp2p_restarts_total > 0'), [])
  })

  it('shows who has the mutex', async () => {
    const { address } = socs[0]!.board.hwlock
    socs[0]!.patch32(address, 1 + MODEM)
    const [owner] = await prometheus.eventually(
      'qcom_smem_hwlock_owner{owner!="free"}',
      (samples) => samples.length === 1,
    )
    assert.deepEqual([owner?.metric.owner, owner?.metric.instance], ['modem', exporters[0]!.target])
    await prometheus.eventually(
      'instance:qcom_smem_hwlock_busy:ratio_rate5m > 0',
      (s) => s.length === 1,
    )
    socs[0]!.patch32(address, 0)
  })

  it('shows a finding, for which an alert is pending', async () => {
    using smem = Smem.open({ source: `fake:${socs[1]!.path}` })
    const item = smem.items().find(({ host, error }) => host === MODEM && error === null)!
    // The header in front of the item's data begins with a canary.
    socs[1]!.patch32(item.address! - 16, 0)
    const [finding] = await prometheus.eventually(
      'qcom_smem_findings{severity="error"}',
      (samples) => samples.length > 0,
    )
    assert.equal(finding?.metric.host, 'modem')
    await prometheus.eventually(
      'ALERTS{alertname="QcomSmemHeapUnsound",alertstate="pending"}',
      (samples) => samples.length > 0,
    )
  })

  it('is watched by rules that can all be evaluated', async () => {
    const rules = await prometheus.rules()
    assert.ok(rules.length >= 15)
    assert.deepEqual(
      rules.filter(({ lastError }) => lastError).map(({ name }) => name),
      [],
    )
  })

  it('fills every panel of the dashboard', async () => {
    const { panels } = JSON.parse(readFileSync(join(fleet, 'dashboard.json'), 'utf8')) as {
      panels: Panel[]
    }
    assert.ok(panels.length >= 10)
    for (const { title, targets } of panels) {
      for (const { expr } of targets) {
        const query = expr
          .replaceAll('$__rate_interval', '1m')
          .replaceAll('"$instance"', '".*"')
          .replaceAll('"$host"', '".*"')
        assert.doesNotMatch(query, /\$/, title)
        const samples = await prometheus.eventually(query, (found) => found.length > 0)
        assert.ok(samples.length > 0, title)
      }
    }
  })

  it('notices a board that is gone', async () => {
    await exporters[0]!.end()
    const [gone] = await prometheus.eventually('up == 0', (samples) => samples.length === 1)
    assert.equal(gone?.metric.instance, exporters[0]!.target)
  })
})
