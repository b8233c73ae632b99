// SPDX-License-Identifier: MIT
// Who has the mutex, looked at with each sample: reading its word disturbs nobody. Holds are microseconds, so that a
// sample that finds it taken is rare on a sound board, and the share of such samples is the share of the time.

import type { Counter } from 'prom-client'
import { hostName } from '../../data/hosts.js'
import { DEFAULT_OWNER, hostOfOwner } from '../../lock/owner-id.js'
import type { Instruments, Present } from './instruments.js'
import type { Labels } from './label-values.js'

/** Samples over which the ratio is formed: the last minute, at ten a second. */
const WINDOW = 600

export class MutexMetrics {
  readonly #owner: Present
  readonly #ratio: Present
  readonly #looks: Counter
  readonly #held: Counter
  /** The last samples, the oldest at `#next` once it is full. */
  readonly #window: boolean[] = []
  #next = 0
  #last: number | null = null
  #busy = 0

  constructor(instruments: Instruments) {
    this.#owner = instruments.gauge(
      'qcom_smem_hwlock_owner',
      'Who had the mutex at the last sample: 1 for one owner.',
      'owner_id',
      'owner',
    )
    this.#ratio = instruments.gauge(
      'qcom_smem_hwlock_busy_ratio',
      `Share of the last ${WINDOW} samples that found the mutex taken.`,
    )
    this.#looks = instruments.counter(
      'qcom_smem_hwlock_samples_total',
      'Samples that looked at the mutex.',
    )
    this.#held = instruments.counter(
      'qcom_smem_hwlock_held_samples_total',
      'Samples that found the mutex taken, by who had it.',
      'owner_id',
      'owner',
    )
  }

  /** `owner`: 0 is free; null where there is no mutex, or where it may not be read. */
  sampled(owner: number | null): void {
    this.#last = owner
    if (owner === null) return
    const busy = owner !== 0
    this.#looks.inc()
    if (busy) this.#held.inc(ownerLabels(owner))
    if (this.#window[this.#next]) this.#busy--
    if (busy) this.#busy++
    this.#window[this.#next] = busy
    this.#next = (this.#next + 1) % WINDOW
  }

  look(): void {
    if (this.#last !== null) this.#owner.set(ownerLabels(this.#last), 1)
    if (this.#window.length > 0) this.#ratio.set({}, this.#busy / this.#window.length)
  }
}

/** Ids that nobody is known to use are one owner: the word may hold anything. */
function ownerLabels(owner: number): Labels {
  const name = ownerName(owner)
  return { owner_id: name === 'other' ? 'other' : String(owner), owner: name }
}

function ownerName(owner: number): string {
  if (owner === 0) return 'free'
  if (owner === DEFAULT_OWNER) return 'qcom-smem'
  const host = hostOfOwner(owner)
  return host === null ? 'other' : (hostName(host) ?? `host-${host}`)
}
