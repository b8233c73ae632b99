// SPDX-License-Identifier: MIT
// Crashes, as subsystems give their reason for them in items of the global heap: a text that appears, or another one.
// Not every restart is acknowledged over SMP2P, and not every crash ends in one. The same words again cannot be told
// from what was there, unless somebody has cleared it in between.

import type { Counter } from 'prom-client'
import type { WatchEvent } from '../../smem/watch/event.js'
import type { Sampler } from '../../smem/watch/sampler.js'
import type { Instruments } from './instruments.js'
import type { LabelValues } from './label-values.js'

export class CrashMetrics {
  readonly #values: LabelValues
  readonly #reasons: Counter

  constructor(instruments: Instruments, values: LabelValues) {
    this.#values = values
    this.#reasons = instruments.counter(
      'qcom_smem_crash_reasons_total',
      'Reasons for a crash that a subsystem has written while we looked.',
      'subsystem',
    )
  }

  /** Whether the event tells a crash, it is counted; a subsystem that is seen for the first time starts at zero. */
  sampled({ kind, id, host, decoder, initial, fields }: WatchEvent, sampler: Sampler): void {
    if (decoder !== 'crash-reason' || id === null || kind === 'gone') return
    const reason = fields?.find(({ path }) => path === 'reason')
    const isNew = !initial && reason !== undefined && isAnother(reason.before, reason.after)
    const subsystem = sampler.find(id, host)?.fields?.get('subsystem')
    this.#reasons.inc(this.#values.texts('crash', { subsystem }), isNew ? 1 : 0)
  }
}

/** Whether a reason was given that is not just the rest of one that was still being written. */
function isAnother(before: unknown, after: unknown): boolean {
  if (typeof after !== 'string' || after === '') return false
  return typeof before !== 'string' || before === '' || !after.startsWith(before)
}
