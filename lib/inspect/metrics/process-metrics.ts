// SPDX-License-Identifier: MIT
// What this process costs the board, by the names that every client library uses. The ones that prom-client can collect
// are not taken: they wake the processor a hundred times a second to measure the event loop, and some of their names
// are not what Prometheus's own tool accepts.

import type { Counter } from 'prom-client'
import type { Instruments, Present } from './instruments.js'

export class ProcessMetrics {
  readonly #processor: Counter
  readonly #memory: Present
  readonly #start: Present
  #counted = 0

  constructor(instruments: Instruments) {
    this.#processor = instruments.counter(
      'process_cpu_seconds_total',
      'Processor time of this process, user and system.',
    )
    this.#memory = instruments.gauge(
      'process_resident_memory_bytes',
      'Memory of this process that is in RAM.',
    )
    this.#start = instruments.gauge(
      'process_start_time_seconds',
      'When this process was started, since 1970.',
    )
  }

  look(): void {
    const { user, system } = process.cpuUsage()
    const used = (user + system) / 1e6
    this.#processor.inc(Math.max(0, used - this.#counted))
    this.#counted = used
    this.#memory.set({}, process.memoryUsage.rss())
    this.#start.set({}, performance.timeOrigin / 1000)
  }
}
