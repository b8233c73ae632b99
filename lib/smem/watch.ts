// SPDX-License-Identifier: MIT
// A watch as a stream of events: samples at even times, until it is aborted or its reader leaves.

import { setTimeout as sleep } from 'node:timers/promises'
import { SmemError } from '../errors.js'
import type { WatchEvent } from './watch-event.js'
import type { Sampler, SamplerOptions } from './watch-sampler.js'

export interface TickOptions {
  /** Milliseconds from one sample to the next, at least 1. Default 1000. */
  readonly interval?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface WatchOptions extends SamplerOptions, TickOptions {}

const INTERVAL = 1000
/** Longer than timers can wait. */
const LONGEST = 2 ** 31 - 1

/** The events of one sample after the other. @throws SmemError EINVAL for an interval that makes no sense */
export function watchEvents(sampler: Sampler, options: TickOptions): AsyncGenerator<WatchEvent> {
  return sampled(sampler, ticks(options))
}

async function* sampled(
  sampler: Sampler,
  times: AsyncGenerator<number>,
): AsyncGenerator<WatchEvent, void> {
  for await (const _ of times) yield* sampler.sample()
}

/**
 * Counts at even times, from 0 and at once. Whoever takes longer than an interval misses counts, and gets none of
 * them later; what follows is on time again.
 * @throws SmemError EINVAL at once for an interval that makes no sense; the signal's reason when aborted
 */
export function ticks({ interval = INTERVAL, signal }: TickOptions): AsyncGenerator<number, void> {
  if (!(interval >= 1 && interval <= LONGEST)) {
    throw new SmemError('EINVAL', `an interval of ${interval} ms cannot be kept`, {
      origin: 'input',
      hint: `an interval is 1 to ${LONGEST} ms`,
    })
  }
  return counted(interval, signal)
}

async function* counted(interval: number, signal?: AbortSignal): AsyncGenerator<number, void> {
  const start = performance.now()
  let count = 0
  for (;;) {
    signal?.throwIfAborted()
    yield count
    const now = performance.now() - start
    count = Math.max(count, Math.floor(now / interval)) + 1
    await sleep(count * interval - now, undefined, { signal }).catch(() => signal?.throwIfAborted())
  }
}
