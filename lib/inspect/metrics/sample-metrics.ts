// SPDX-License-Identifier: MIT
// What happens in the heaps between two scrapes, counted as the samples tell it, and how the sampler itself does.

import type { Counter, Histogram } from 'prom-client'
import type { WatchEvent } from '../../smem/watch/event.js'
import type { Sampler } from '../../smem/watch/sampler.js'
import { heapLabels } from './heap-metrics.js'
import type { Instruments, Present } from './instruments.js'
import type { LabelValues } from './label-values.js'

/** Seconds. */
const DURATIONS = [0.0001, 0.001, 0.01, 0.1, 1]

export class SampleMetrics {
  readonly #values: LabelValues
  readonly #allocations: Counter
  readonly #bytes: Counter
  readonly #changes: Counter
  readonly #resets: Counter
  readonly #samples: Counter
  readonly #errors: Counter
  readonly #duration: Histogram
  readonly #last: Present
  readonly #cost: Present
  #lastSample: number | null = null

  constructor(instruments: Instruments, values: LabelValues) {
    this.#values = values
    const perHeap = (name: string, help: string) =>
      instruments.counter(`qcom_smem_${name}`, help, 'heap', 'host')
    this.#allocations = perHeap('allocations_total', 'Items that were allocated while we looked.')
    this.#bytes = perHeap('allocated_bytes_total', 'Bytes of the items that were allocated.')
    this.#changes = perHeap('item_changes_total', 'Changes of items from one sample to the next.')
    this.#resets = perHeap('resets_total', 'Heaps that were emptied or set up anew.')
    this.#samples = instruments.counter('qcom_smem_samples_total', 'Samples taken.')
    this.#errors = instruments.counter(
      'qcom_smem_sample_errors_total',
      'What samples could not read; an error that stays is counted once.',
    )
    this.#duration = instruments.histogram(
      'qcom_smem_sample_duration_seconds',
      'How long a sample took.',
      DURATIONS,
    )
    this.#last = instruments.gauge(
      'qcom_smem_last_sample_timestamp_seconds',
      'When the last sample was taken.',
    )
    this.#cost = instruments.gauge('qcom_smem_sample_read_bytes', 'Bytes that a sample reads.')
  }

  /** `seconds`: how long it took. */
  sampled(seconds: number): void {
    this.#samples.inc()
    this.#duration.observe(seconds)
    this.#lastSample = Date.now() / 1000
  }

  failed(): void {
    this.#errors.inc()
  }

  happened({ kind, host, initial, item }: WatchEvent): void {
    const labels = heapLabels(host, this.#values)
    if (kind === 'error') this.#errors.inc()
    if (kind === 'reset') this.#resets.inc(labels)
    if (kind === 'changed') this.#changes.inc(labels)
    if (kind === 'item' && !initial) {
      this.#allocations.inc(labels)
      this.#bytes.inc(labels, item?.size ?? 0)
    }
  }

  look(sampler: Sampler): void {
    if (this.#lastSample !== null) this.#last.set({}, this.#lastSample)
    this.#cost.set({}, sampler.cost.bytes)
    // A counter that is there before it counts is what makes its first increase visible.
    for (const { host } of sampler.spaces) {
      const labels = heapLabels(host, this.#values)
      for (const counter of [this.#allocations, this.#bytes, this.#changes, this.#resets]) {
        counter.inc(labels, 0)
      }
    }
  }
}
