// SPDX-License-Identifier: MIT
// A watch as a stream of events: samples at even times, until it is aborted or its reader leaves.

import { SmemError } from '../errors.js'
import type { WatchEvent } from './watch/event.js'
import type { Sampler, SamplerOptions } from './watch/sampler.js'

/**
 * How often a watch looks, and until when.
 * @see {@link Smem.watch}
 */
export interface WatchRhythm {
  /** Milliseconds from one sample to the next, at least 1. Default 1000. */
  readonly interval?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * What to watch, how often, and until when.
 * @see {@link Smem.watch}
 */
export interface WatchOptions extends SamplerOptions, WatchRhythm {}

const INTERVAL = 1000
/** Longer than timers can wait. */
const LONGEST = 2 ** 31 - 1

/** The events of one sample after the other. @throws SmemError EINVAL for an interval that makes no sense */
export function watchEvents(
  sampler: Sampler,
  { interval = INTERVAL, signal }: WatchRhythm,
): AsyncGenerator<WatchEvent, void> {
  checkInterval(interval)
  return sampled(sampler, interval, signal)
}

async function* sampled(
  sampler: Sampler,
  interval: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchEvent, void> {
  using rhythm = new Rhythm(interval, signal)
  for (;;) {
    signal?.throwIfAborted()
    for (const event of sampler.sample()) yield event
    await rhythm.next()
  }
}

/** @throws SmemError EINVAL */
export function checkInterval(interval: number): void {
  if (interval >= 1 && interval <= LONGEST) return
  throw new SmemError('EINVAL', `an interval of ${interval} ms cannot be kept`, {
    origin: 'input',
    hint: `an interval is 1 to ${LONGEST} ms`,
  })
}

/** Even times from now on. Whoever is late skips what was due meanwhile, and is on time again afterwards. */
export class Rhythm {
  readonly #interval: number
  readonly #signal: AbortSignal | undefined
  readonly #start = performance.now()
  #count = 0
  #timer: NodeJS.Timeout | undefined
  #wake = () => {}

  /** `signal` ends a wait early. */
  constructor(interval: number, signal?: AbortSignal) {
    this.#interval = interval
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
  }

  /** Resolves when it is time again, to how many intervals have passed since the start. */
  next(): Promise<number> {
    const now = performance.now() - this.#start
    this.#count = Math.max(this.#count, Math.floor(now / this.#interval)) + 1
    // Whole milliseconds, for which node keeps one list of timers.
    const wait = Math.ceil(this.#count * this.#interval - now)
    return new Promise((resolve) => {
      this.#wake = () => resolve(this.#count)
      this.#timer = setTimeout(this.#wake, this.#signal?.aborted ? 0 : wait)
    })
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#abort)
  }

  readonly #abort = () => {
    clearTimeout(this.#timer)
    this.#wake()
  }
}
