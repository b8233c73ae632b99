// SPDX-License-Identifier: MIT
// SMEM for Prometheus: what `serve --metrics` answers at /metrics. Counters are fed by the samples that the live page
// takes anyway; the state of the heaps is read when somebody scrapes, and not more often than once a second. Nothing
// here writes. Names and units: prometheus.io, metric and label naming; docs/fleet.md explains each.

import { Registry } from 'prom-client'
import { SmemError } from '../errors.js'
import type { HeapOptions } from '../heap/heap.js'
import type { WatchEvent } from '../smem/watch/event.js'
import type { Sampler } from '../smem/watch/sampler.js'
import type { Source } from '../source/source.js'
import { CrashMetrics } from './metrics/crash-metrics.js'
import { HeapMetrics } from './metrics/heap-metrics.js'
import { IdentityMetrics } from './metrics/identity-metrics.js'
import { Instruments, type Present } from './metrics/instruments.js'
import { LabelValues } from './metrics/label-values.js'
import { MutexMetrics } from './metrics/mutex-metrics.js'
import { ProcessMetrics } from './metrics/process-metrics.js'
import { RestartMetrics } from './metrics/restart-metrics.js'
import { SampleMetrics } from './metrics/sample-metrics.js'

export interface MetricsOptions {
  /** Of this program. */
  readonly version: string
  /** Whose view; as the heap was opened. */
  readonly view?: HeapOptions | undefined
  /** Milliseconds that one look at the heaps serves every scrape. Default 1000. */
  readonly freshness?: number | undefined
  /** Also those of the process itself: processor time, memory, start. Default false. */
  readonly processMetrics?: boolean | undefined
}

/** A sample that was taken. */
export interface Sampled {
  readonly source: Source
  readonly sampler: Sampler
  readonly events: readonly WatchEvent[]
  /** How long it took. */
  readonly seconds: number
}

/** A page for Prometheus, and the headers that it needs. */
export interface MetricsPage {
  readonly contentType: string
  readonly text: string
}

const FRESHNESS = 1000

/**
 * The metrics of one source. Tell each sample to `sampled`, and the loss of the source to `failed`; `metricsText` is
 * the answer to a scrape.
 */
export class Metrics {
  readonly #registry = new Registry()
  readonly #instruments = new Instruments(this.#registry)
  readonly #options: MetricsOptions
  readonly #up: Present
  readonly #usable: Present
  readonly #build: Present
  readonly #looked: Present
  readonly #samples: SampleMetrics
  readonly #heaps: HeapMetrics
  readonly #mutex: MutexMetrics
  readonly #restarts: RestartMetrics
  readonly #crashes: CrashMetrics
  readonly #identity: IdentityMetrics
  readonly #process: ProcessMetrics | null
  /** null: no sample yet, or the source is lost. */
  #at: Pick<Sampled, 'source' | 'sampler'> | null = null
  #page: { readonly page: Promise<MetricsPage>; readonly until: number } | null = null

  constructor(options: MetricsOptions) {
    const instruments = this.#instruments
    this.#options = options
    const gauge = (name: string, help: string, ...labels: string[]) =>
      instruments.gauge(`qcom_smem_${name}`, help, ...labels)
    this.#build = gauge('build_info', 'The program that tells this.', 'version', 'node')
    this.#up = gauge('source_up', 'Whether the memory could be read at the last sample.')
    this.#usable = gauge('heap_usable', 'Whether the heaps can be opened.')
    this.#looked = gauge('look_duration_seconds', 'How long the last look at the heaps took.')
    const refused = instruments.counter(
      'qcom_smem_refused_labels_total',
      'Texts out of memory that came after too many others, and were told as `other`.',
    )
    const values = new LabelValues(() => refused.inc())
    this.#samples = new SampleMetrics(instruments, values)
    this.#heaps = new HeapMetrics(instruments, values)
    this.#mutex = new MutexMetrics(instruments)
    this.#restarts = new RestartMetrics(instruments, values)
    this.#crashes = new CrashMetrics(instruments, values)
    this.#identity = new IdentityMetrics(instruments, values)
    this.#process = options.processMetrics === true ? new ProcessMetrics(instruments) : null
  }

  /** Of each sample. Looks at the mutex, too: one word. */
  sampled({ source, sampler, events, seconds }: Sampled): void {
    // A page without a source is not kept once there is one.
    if (this.#at === null) this.#page = null
    this.#at = { source, sampler }
    this.#samples.sampled(seconds)
    this.#mutex.sampled(source.hwlockOwner())
    for (const event of events) {
      this.#samples.happened(event)
      this.#restarts.sampled(event, this.#localHost)
      this.#crashes.sampled(event, sampler)
    }
  }

  /** A sample that could not be taken, because the source is gone. */
  failed(): void {
    this.#at = null
    this.#samples.failed()
    // What is kept shows a source that was there.
    this.#page = null
  }

  /** What a scrape is answered. Looks at the heaps, unless somebody has a moment ago. */
  page(): Promise<MetricsPage> {
    if (this.#page === null || performance.now() >= this.#page.until) {
      const start = performance.now()
      this.#look()
      this.#looked.set({}, (performance.now() - start) / 1000)
      this.#instruments.publish()
      const { contentType } = this.#registry
      const page = this.#registry.metrics().then((text) => ({ contentType, text }))
      this.#page = { page, until: start + (this.#options.freshness ?? FRESHNESS) }
    }
    return this.#page.page
  }

  get #localHost(): number {
    return this.#options.view?.localHost ?? 0
  }

  #look(): void {
    this.#build.set({ version: this.#options.version, node: process.version }, 1)
    this.#up.set({}, this.#at === null ? 0 : 1)
    this.#process?.look()
    if (this.#at !== null) this.#lookAt(this.#at)
  }

  #lookAt({ source, sampler }: Pick<Sampled, 'source' | 'sampler'>): void {
    this.#samples.look(sampler)
    this.#identity.look(sampler, source.board)
    this.#restarts.look(sampler, this.#localHost)
    this.#mutex.look()
    try {
      this.#heaps.look(source.regions, { foreign: source.foreign, ...this.#options.view })
      this.#usable.set({}, 1)
    } catch (error) {
      if (!(error instanceof SmemError)) throw error
      this.#usable.set({}, 0)
    }
  }
}
