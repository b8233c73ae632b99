// SPDX-License-Identifier: MIT
// What a processor does when it is left to itself: turn after turn, drawn from a seed, so that the same seed on
// the same heap asks for the same things in the same order.

import type { ErrorCode } from '../../errors.js'
import { Random, type Range } from './random.js'
import type { RemoteItem, RemoteRequest } from './request.js'

/**
 * What a processor does by itself.
 * @see {@link RemoteProcessor.run}
 */
export interface Rhythm {
  readonly seed: number
  /** Ends by itself after so many turns. Default: goes on until it is stopped. */
  readonly turns?: number | undefined
  /** Between two turns, microseconds; a processor of its own has better things to do. Default none. */
  readonly pause?: Range | undefined
  /** How long the lock is held for nothing in each turn, microseconds. Default none. */
  readonly hold?: Range | undefined
  /** Item ids that it asks for. Default 256 to 511. */
  readonly ids?: Range | undefined
  /** Ids from here on are cached, in partitions. Default: none are. */
  readonly cachedFrom?: number | undefined
  /** Bytes. Default 1 to 64. */
  readonly sizes?: Range | undefined
  /** The other ends of private partitions, null for the global heap. Default global only. */
  readonly hosts?: readonly (number | null)[] | undefined
  /** Share of the turns, 0 to 1, that only look an item up, under the lock. Default 0. */
  readonly lookups?: number | undefined
  /** Whether it does all that without the lock, as broken firmware would. */
  readonly ignoreLock?: boolean | undefined
}

/**
 * One turn, and what came of it. Times are milliseconds of the monotonic clock, which all processes share.
 * @see {@link itemsOf}
 */
export interface RemoteTurn extends RemoteRequest {
  readonly action: 'alloc' | 'find'
  readonly begun: number
  readonly ended: number
  /** null where it was refused. */
  readonly item: RemoteItem | null
  /** Why it was refused. */
  readonly code: ErrorCode | null
}

/**
 * All that it did since it was told to run.
 * @see {@link itemsOf}
 */
export interface RemoteReport {
  readonly turns: readonly RemoteTurn[]
  /** Of the mutex. */
  readonly acquisitions: number
  /** Releases that found the mutex in other hands. */
  readonly losses: number
}

/** What was drawn for one turn. */
export interface DrawnTurn {
  readonly action: RemoteTurn['action']
  readonly request: RemoteRequest
  /** Microseconds. */
  readonly pause: number
  readonly hold: number
}

const NONE: Range = [0, 0]

export function* draw(rhythm: Rhythm): Generator<DrawnTurn> {
  const { seed, turns = Number.POSITIVE_INFINITY, pause = NONE, hold = NONE } = rhythm
  const { ids = [256, 511], sizes = [1, 64], hosts = [null], lookups = 0 } = rhythm
  const { cachedFrom = Number.POSITIVE_INFINITY } = rhythm
  const random = new Random(seed)
  for (let turn = 0; turn < turns; turn++) {
    const id = random.within(ids)
    const host = random.pick(hosts)
    const cached = host !== null && id >= cachedFrom
    yield {
      action: random.chance(lookups) ? 'find' : 'alloc',
      request: { id, size: random.within(sizes), host: host ?? undefined, cached },
      pause: random.within(pause),
      hold: random.within(hold),
    }
  }
}

/**
 * The items that were allocated.
 * @example
 * ```ts
 * import { FakeSoc, itemsOf } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create()
 * await using modem = await soc.remote('modem')
 * await modem.run({ seed: 1, turns: 5 })
 * const report = await modem.finished()
 * for (const { action, id, item } of report.turns) console.log(action, id, item?.size)
 * // alloc 416 63
 * // ...
 * console.log(itemsOf(report).length) // 5
 * ```
 */
export function itemsOf({ turns }: RemoteReport): RemoteItem[] {
  return turns.flatMap(({ action, item }) => (action === 'alloc' && item !== null ? [item] : []))
}

/**
 * How often it was refused, by code.
 * @example
 * ```ts
 * import { errorsOf, FakeSoc } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create()
 * await using modem = await soc.remote('modem')
 * await modem.run({ seed: 1, turns: 5, ids: [300, 300] })
 * console.log(errorsOf(await modem.finished())) // { EEXIST: 4 }
 * ```
 */
export function errorsOf({ turns }: RemoteReport): Partial<Record<ErrorCode, number>> {
  const errors: Partial<Record<ErrorCode, number>> = {}
  for (const { code } of turns) if (code !== null) errors[code] = (errors[code] ?? 0) + 1
  return errors
}
