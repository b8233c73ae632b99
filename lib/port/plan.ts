// SPDX-License-Identifier: MIT
// A plan: what certain words must be, and what is then stored, in which order. The heap writes it, with the fences
// that lock-free readers need; the lock has it executed natively while the mutex is held. So no JavaScript runs
// inside, and the algorithm can be read, printed and tested here. See docs/decisions/0013-plan-and-commit.md.

import { SmemError } from '../errors.js'
import type { FenceKind } from './port.js'

/**
 * A word that must not have changed when the lock is held.
 * @see {@link Smem.planAlloc}
 */
export interface Guard {
  /** Of a word, from the start of the port. */
  readonly offset: number
  readonly expected: number
  /** What the word is, for people: `free offset`. Of the item's own record: `item: size`. */
  readonly label?: string | undefined
}

/**
 * A step of a plan, done while the lock is held. `label` as in a guard; of a fence, what it is for.
 * @see {@link Smem.planAlloc}
 */
export type Step = { readonly label?: string | undefined } & (
  | { readonly op: 'store'; readonly offset: number; readonly value: number }
  | { readonly op: 'fence'; readonly kind: Exclude<FenceKind, 'load'> }
  /** Zeros to `words` words, in ascending order. */
  | { readonly op: 'clear'; readonly offset: number; readonly words: number }
)

/** As the native module numbers them (native/plan.h). */
const CODES = { store: 0, fenceStore: 1, fenceFull: 2, clear: 3 } as const

/** What a plan may be conditional on: it is compared while the mutex is held, and others wait (native/plan.h). */
export const MOST_GUARDS = 65536

const HEAD_WORDS = 2
const GUARD_WORDS = 2
const STEP_WORDS = 3
const NOTHING = new Uint32Array()

/**
 * What an allocation expects, and what it then stores, in this order.
 * @see {@link Smem.planAlloc}
 */
export class Plan {
  readonly guards: Guard[] = []
  readonly steps: Step[] = []

  /**
   * The word at `offset` must be `expected`, or the plan is stale.
   * @internal
   */
  guard(offset: number, expected: number, label?: string): void {
    this.guards.push({ offset: word(offset), expected: word32(expected), label })
  }

  /** @internal */
  store(offset: number, value: number, label?: string): void {
    this.steps.push({ op: 'store', offset: word(offset), value: word32(value), label })
  }

  /** @internal */
  fence(kind: 'store' | 'full', label?: string): void {
    this.steps.push({ op: 'fence', kind, label })
  }

  /** @internal */
  clear(offset: number, words: number, label?: string): void {
    this.steps.push({ op: 'clear', offset: word(offset), words: word32(words), label })
  }

  /**
   * Counts, then guards as pairs, then steps as triples: at the start of `scratch`, where that is long enough.
   * @internal
   */
  encode(scratch = NOTHING): Uint32Array {
    const { guards, steps } = this
    const length = HEAD_WORDS + guards.length * GUARD_WORDS + steps.length * STEP_WORDS
    const words = length <= scratch.length ? scratch.subarray(0, length) : new Uint32Array(length)
    words[0] = guards.length
    words[1] = steps.length
    let at = HEAD_WORDS
    for (const { offset, expected } of guards) {
      words[at] = offset
      words[at + 1] = expected
      at += GUARD_WORDS
    }
    for (const step of steps) {
      encodeStep(step, words, at)
      at += STEP_WORDS
    }
    return words
  }
}

function encodeStep(step: Step, words: Uint32Array, at: number): void {
  if (step.op === 'fence') {
    words[at] = step.kind === 'store' ? CODES.fenceStore : CODES.fenceFull
    words[at + 1] = 0
    words[at + 2] = 0
    return
  }
  words[at] = CODES[step.op]
  words[at + 1] = step.offset
  words[at + 2] = step.op === 'store' ? step.value : step.words
}

function word(offset: number): number {
  if (offset % 4 === 0) return word32(offset)
  throw new SmemError('EINVAL', `offset ${offset} of a plan is not aligned to a word`)
}

function word32(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return value
  throw new SmemError('EINVAL', `${value} in a plan is not a 32-bit word`)
}
