// SPDX-License-Identifier: MIT
// Makes the instruments of one registry. A gauge here tells the present only: what was not set since the last look is
// not there, rather than zero or as it was.

import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Labels } from './label-values.js'

export class Present {
  readonly #gauge: Gauge
  /** Has no labels. */
  readonly #bare: boolean
  readonly #values = new Map<string, { labels: Labels; value: number }>()

  constructor(gauge: Gauge, bare: boolean) {
    this.#bare = bare
    this.#gauge = gauge
  }

  set(labels: Labels, value: number): void {
    this.#values.set(keyOf(labels), { labels, value })
  }

  /** As `set`, on top of what these labels have. */
  add(labels: Labels, value: number): void {
    this.set(labels, value + (this.#values.get(keyOf(labels))?.value ?? 0))
  }

  /** From now on the gauge shows what was set since the last call. */
  publish(): void {
    this.#gauge.reset()
    // A gauge without labels starts as 0.
    if (this.#bare) this.#gauge.remove()
    for (const { labels, value } of this.#values.values()) this.#gauge.set(labels, value)
    this.#values.clear()
  }
}

const keyOf = (labels: Labels) => JSON.stringify(Object.entries(labels))

export class Instruments {
  readonly #registry: Registry
  readonly #gauges: Present[] = []

  constructor(registry: Registry) {
    this.#registry = registry
  }

  gauge(name: string, help: string, ...labelNames: string[]): Present {
    const made = new Gauge({ name, help, labelNames, registers: [this.#registry] })
    const gauge = new Present(made, labelNames.length === 0)
    this.#gauges.push(gauge)
    return gauge
  }

  counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.#registry] })
  }

  histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, buckets, registers: [this.#registry] })
  }

  publish(): void {
    for (const gauge of this.#gauges) gauge.publish()
  }
}
