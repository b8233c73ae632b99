// SPDX-License-Identifier: MIT
// What a scrape is told, on fake SoCs that a test changes as their processors would, and as hostile ones do.

import assert from 'node:assert/strict'
import { ItemId } from '#lib/data/item-names.js'
import { describeSource } from '#lib/inspect/info.js'
import { LabelValues, plainText } from '#lib/inspect/metrics/label-values.js'
import { Metrics, type MetricsOptions } from '#lib/inspect/metrics.js'
import { Smp2pHeader } from '#lib/items/smp2p.js'
import type { Smem } from '#lib/smem.js'
import { Smem as Opened } from '#lib/smem.js'
import type { PartitionItemDescription } from '#lib/testing/description.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { imageVersions } from '#lib/testing/items/image-versions.js'
import { smp2pItem } from '#lib/testing/items/smp2p.js'
import { socinfo } from '#lib/testing/items/socinfo.js'
import { profileNames } from '#lib/testing/profiles.js'
import { counter, imageOf, MODEM, MODEM_COUNTER, WatchedSoc } from '../smem/watched.js'

/** Metrics of one source, and the samples that feed them. */
class Scraped {
  readonly metrics: Metrics
  readonly #smem: Smem
  readonly #sampler

  constructor(smem: Smem, options: Partial<MetricsOptions> = {}) {
    this.metrics = new Metrics({ version: '1.2.3', freshness: 0, ...options })
    this.#smem = smem
    this.#sampler = smem.sampler()
  }

  sample(): this {
    const events = this.#sampler.sample()
    const { source } = this.#smem
    this.metrics.sampled({ source, sampler: this.#sampler, events, seconds: 0.002 })
    return this
  }

  /** Value by series. */
  async series(): Promise<Map<string, number>> {
    const { text } = await this.metrics.page()
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    return new Map(
      lines.map((line) => {
        const [, series, value] = /^(\S+?(?:\{.*\})?) (\S+)$/.exec(line) ?? []
        assert.ok(series !== undefined, `no sample: ${line}`)
        return [series, Number(value)]
      }),
    )
  }
}

const named = (series: Map<string, number>, name: string) =>
  [...series].filter(([key]) => key === name || key.startsWith(`${name}{`))

describe('metrics', () => {
  for (const profile of profileNames) {
    it(`tell of ${profile} what info tells`, async () => {
      using smem = Opened.open({ source: `fake:${profile}` })
      const series = await new Scraped(smem).sample().series()
      const { report } = describeSource(smem.source)
      assert.equal(series.get('qcom_smem_source_up'), 1)
      assert.equal(series.get('qcom_smem_heap_usable'), 1)
      assert.equal(series.get('qcom_smem_heap_sound'), 1)
      assert.equal(series.get('qcom_smem_free_bytes{heap="global"}'), report.freeSpace)
      const items = named(series, 'qcom_smem_items').reduce((sum, [, value]) => sum + value, 0)
      assert.equal(items, report.items)
      const { major, minor } = report.version!
      assert.equal(series.get(`qcom_smem_heap_version_info{version="${major}.${minor}"}`), 1)
      for (const [key, size] of named(series, 'qcom_smem_size_bytes')) {
        const of = (name: string) => series.get(key.replace('size_bytes', name))!
        assert.equal(of('used_bytes') + of('free_bytes'), size, key)
      }
      assert.equal(named(series, 'qcom_smem_socinfo_info').length, 1)
      assert.ok(named(series, 'qcom_smem_image_info').length >= 5)
    })
  }

  it('say that nothing is read before the first sample, and when the source is lost', async () => {
    using smem = Opened.open({ source: 'fake' })
    const scraped = new Scraped(smem, { freshness: 60_000 })
    assert.equal((await scraped.series()).get('qcom_smem_source_up'), 0)
    assert.equal((await scraped.sample().series()).get('qcom_smem_source_up'), 1)
    scraped.metrics.failed()
    const lost = await scraped.series()
    assert.equal(lost.get('qcom_smem_source_up'), 0)
    assert.equal(lost.get('qcom_smem_sample_errors_total'), 1)
    assert.deepEqual(named(lost, 'qcom_smem_free_bytes'), [])
    assert.equal((await scraped.sample().series()).get('qcom_smem_source_up'), 1)
  })

  it('count allocations and changes from zero on, and not what was there before', async () => {
    using watched = new WatchedSoc(imageOf(12, [{ id: MODEM_COUNTER, size: 8 }]), [counter])
    using writer = Opened.open({ source: `fake:${watched.soc.path}`, writable: true })
    const scraped = new Scraped(watched.smem).sample()
    const key = (name: string) => `qcom_smem_${name}{heap="private",host="modem"}`
    const before = await scraped.series()
    assert.equal(before.get(key('allocations_total')), 0)
    assert.equal(before.get(key('item_changes_total')), 0)
    writer.alloc(305, 100, { host: MODEM })
    watched.poke(MODEM_COUNTER, 0, 9, 1)
    const after = await scraped.sample().series()
    assert.equal(after.get(key('allocations_total')), 1)
    assert.equal(after.get(key('allocated_bytes_total')), 100)
    assert.equal(after.get(key('item_changes_total')), 1)
    assert.equal(after.get(key('items')), 2)
    assert.equal(after.get('qcom_smem_allocations_total{heap="global"}'), 0)
    assert.ok(after.get(key('free_bytes'))! < before.get(key('free_bytes'))!)
  })

  it('tell a partition that was set up anew, and look into the new one', async () => {
    const modem = [{ id: MODEM_COUNTER, size: 8 }]
    using watched = new WatchedSoc(imageOf(12, [...modem, { id: 303, size: 64 }]))
    const scraped = new Scraped(watched.smem).sample()
    const key = (name: string) => `qcom_smem_${name}{heap="private",host="modem"}`
    assert.equal((await scraped.series()).get(key('items')), 2)
    watched.become(imageOf(12, modem))
    const series = await scraped.sample().series()
    assert.equal(series.get(key('resets_total')), 1)
    assert.equal(series.get(key('items')), 1)
  })

  it('count the restarts that SMP2P tells, until they are acknowledged', async () => {
    const pair = [
      smp2pItem({ from: 0, to: MODEM, entries: {} }),
      smp2pItem({ from: MODEM, to: 0, entries: {} }),
    ]
    using watched = new WatchedSoc(imageOf(12, pair))
    const scraped = new Scraped(watched.smem).sample()
    const told = async () => {
      const series = await scraped.sample().series()
      const of = (name: string) =>
        series.get(`qcom_smem_smp2p_${name}{writer="modem",reader="apps"}`)
      return [of('restarts_total'), of('restart_pending')]
    }
    const { flags } = Smp2pHeader.offsets
    const [ours, theirs] = pair.map(({ id }) => id) as [number, number]
    assert.deepEqual(await told(), [0, 0])
    watched.poke(theirs, flags, 1, 1)
    assert.deepEqual(await told(), [1, 1])
    watched.poke(ours, flags, 2, 1)
    assert.deepEqual(await told(), [1, 0])
    watched.poke(theirs, flags, 0, 1)
    assert.deepEqual(await told(), [2, 1])
  })

  it('count the reasons that subsystems give for a crash, once each', async () => {
    const room = 32
    const image = (mss: string, ...others: readonly PartitionItemDescription[]) =>
      buildImage({
        ...{ version: 12, base: 0x86000000, size: 0x10000 },
        partitions: [
          {
            ...{ global: true as const, size: 0x2000 },
            items: [{ id: ItemId.SSR_REASON_MSS0, data: mss, size: room }, ...others],
          },
        ],
      })
    using watched = new WatchedSoc(image('left by an old one'))
    const scraped = new Scraped(watched.smem).sample()
    const key = (subsystem: string) => `qcom_smem_crash_reasons_total{subsystem="${subsystem}"}`
    const told = async (mss: string, ...others: readonly PartitionItemDescription[]) => {
      watched.become(image(mss, ...others))
      const series = await scraped.sample().series()
      return [series.get(key('MSS')), series.get(key('LPASS'))]
    }
    assert.deepEqual(await told('left by an old one'), [0, undefined])
    assert.deepEqual(await told('err_'), [1, undefined])
    // The rest of what was being written.
    assert.deepEqual(await told('err_fatal.c:1: oops'), [1, undefined])
    // Cleared by whoever has read it.
    assert.deepEqual(await told(''), [1, undefined])
    assert.deepEqual(await told('err_fatal.c:1: oops'), [2, undefined])
    assert.deepEqual(await told('watchdog bite'), [3, undefined])
    // An item that comes with the crash.
    const lpass = { id: ItemId.SSR_REASON_LPASS0, data: 'adsp is gone', size: room }
    assert.deepEqual(await told('watchdog bite', lpass), [3, 1])
  })

  it('name the owner of the mutex, and how often it was taken', async () => {
    using soc = FakeSoc.create('sdm845')
    using smem = Opened.open({ source: `fake:${soc.path}` })
    const scraped = new Scraped(smem).sample()
    const owned = async (owner: number) => {
      soc.patch32(soc.board.hwlock.address, owner)
      const series = await scraped.sample().series()
      const [[key, value] = []] = named(series, 'qcom_smem_hwlock_owner')
      assert.equal(value, 1)
      return [key!.slice(key!.indexOf('{')), series.get('qcom_smem_hwlock_busy_ratio')]
    }
    assert.deepEqual(await owned(0), ['{owner_id="0",owner="free"}', 0])
    assert.deepEqual(await owned(2), ['{owner_id="2",owner="modem"}', 1 / 3])
    assert.deepEqual(await owned(251), ['{owner_id="251",owner="qcom-smem"}', 2 / 4])
    assert.deepEqual(await owned(0xdeadbeef), ['{owner_id="other",owner="other"}', 3 / 5])
    soc.patch32(soc.board.hwlock.address, 0)
    for (let i = 0; i < 700; i++) scraped.sample()
    assert.deepEqual(await owned(0), ['{owner_id="0",owner="free"}', 0])
  })

  it('have findings by check and severity, for the heap that they are in', async () => {
    using watched = new WatchedSoc(imageOf(12, [{ id: MODEM_COUNTER, size: 8 }]))
    const scraped = new Scraped(watched.smem).sample()
    watched.write(watched.partition(1).offset, 0)
    const series = await scraped.sample().series()
    const key =
      'qcom_smem_findings{check="partition-magic",severity="error",heap="private",host="modem"}'
    assert.equal(series.get(key), 1)
    assert.equal(series.get('qcom_smem_heap_sound'), 0)
  })

  it('say so where the heap cannot be opened any more', async () => {
    using watched = new WatchedSoc(imageOf(12, []))
    const scraped = new Scraped(watched.smem).sample()
    watched.become({ bytes: new Uint8Array(watched.image.bytes.length) } as never)
    const series = await scraped.sample().series()
    assert.equal(series.get('qcom_smem_source_up'), 1)
    assert.equal(series.get('qcom_smem_heap_usable'), 0)
    assert.equal(series.get('qcom_smem_heap_sound'), 0)
    assert.ok(series.get('qcom_smem_sample_errors_total')! >= 1)
    assert.deepEqual(named(series, 'qcom_smem_free_bytes'), [])
  })

  it('look at the heaps once for all who ask within a moment', async () => {
    using smem = Opened.open({ source: 'fake' })
    const scraped = new Scraped(smem, { freshness: 60_000 }).sample()
    const { metrics } = scraped
    assert.equal((await metrics.page()).text, (await scraped.sample().metrics.page()).text)
  })

  it('tell of the process only where that is wanted, and share no registry', async () => {
    using smem = Opened.open({ source: 'fake' })
    const plain = await new Scraped(smem).sample().series()
    const all = await new Scraped(smem, { processMetrics: true }).sample().series()
    assert.equal([...plain.keys()].filter((key) => !key.startsWith('qcom_smem_')).length, 0)
    assert.ok(all.has('process_cpu_seconds_total'))
    assert.equal(all.get('qcom_smem_samples_total'), 1)
  })
})

describe('metrics of hostile memory', () => {
  const evil = '"} 1\n# TYPE x counter\nqcom_smem_up{a="\\'
  const hostile = (text: string, host = 300) =>
    buildImage({
      version: 12,
      base: 0x86000000,
      size: 0x10000,
      partitions: [
        {
          global: true,
          size: 0x4000,
          items: [
            { id: 137, data: socinfo({ format: 3, id: 1, version: '1.0', buildId: text }) },
            { id: 469, data: imageVersions({ mpss: { name: text, variant: '\x1b[2J<script>' } }) },
          ],
        },
        { host0: 0, host1: host, size: 0x1000, items: [{ id: 305, size: 8 }] },
      ],
    })

  it('stay lines of the format, with texts that show', async () => {
    using watched = new WatchedSoc(hostile(evil.slice(0, 31)))
    const scraped = new Scraped(watched.smem).sample()
    const { text } = await scraped.metrics.page()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
    const series = await scraped.series()
    const [[image] = []] = named(series, 'qcom_smem_image_info')
    assert.equal(
      image,
      'qcom_smem_image_info{image="mpss",name="\\"} 1?# TYPE x counter?qcom_smem",variant="?[2J<script>",oem=""}',
    )
    assert.equal(series.has('qcom_smem_size_bytes{heap="private",host="host-300"}'), true)
  })

  it('have a bounded number of series, however often the texts and hosts change', async () => {
    using watched = new WatchedSoc(hostile('build 0'))
    const scraped = new Scraped(watched.smem)
    const seen = new Set<string>()
    for (let i = 0; i < 280; i++) {
      watched.become(hostile(`build ${i}`, 300 + i))
      const series = await scraped.sample().series()
      for (const key of series.keys()) seen.add(key)
    }
    const of = (name: string) => [...seen].filter((key) => key.startsWith(`${name}{`)).length
    assert.equal(of('qcom_smem_image_info'), 257)
    assert.equal(of('qcom_smem_socinfo_info'), 257)
    assert.equal(of('qcom_smem_free_bytes'), 1 + 16 + 1)
    assert.equal(of('qcom_smem_resets_total'), 1 + 16 + 1)
    assert.ok((await scraped.series()).get('qcom_smem_refused_labels_total')! > 100)
  })

  it('keep labels short, without what does not show', () => {
    assert.equal(plainText('a'.repeat(1000)), 'a'.repeat(80))
    assert.equal(plainText('\u202eabc\ud800\u2028\x00\x9b'), '?abc????')
    assert.equal(plainText('😀'.repeat(100)), '😀'.repeat(80))
    assert.equal(plainText(null), '')
  })

  it('name hosts that have a name whatever came before', () => {
    let refused = 0
    const values = new LabelValues(() => refused++)
    for (let host = 1000; host < 1016; host++) assert.equal(values.host(host), `host-${host}`)
    assert.equal(values.host(2000), 'other')
    assert.equal(values.host(1000), 'host-1000')
    assert.equal(values.host(MODEM), 'modem')
    assert.equal(refused, 1)
  })
})
