// SPDX-License-Identifier: MIT
// One thing done in two ways, measured in turns: on a machine that others share, times drift by tens of per
// cent, the ratio of two neighbours far less. So what counts is the median of the rounds' ratios.

import { setTimeout as sleep } from 'node:timers/promises'

/** What a number of times took, and what came out of the work, as one number. */
export interface Outcome {
  readonly ns: number
  readonly sum: number
}

/** Does something `count` times. */
export type Runner = (count: number) => Outcome | Promise<Outcome>

/** At most this ratio to the reference, or this many nanoseconds a time. */
export type Goal = { readonly ratio: number } | { readonly ns: number }

export interface Contest {
  readonly name: string
  /** What it is held against. */
  readonly against: string
  /** Without one the row is there for information. */
  readonly goal?: Goal
  /** Times in one round. */
  readonly count: number
  readonly rounds: number
  /** Whether both do the same work, so that the same must come out. */
  readonly agree?: boolean
  readonly ours: Runner
  readonly reference: Runner
}

/** Contests that share memory, processes or files. */
export interface Suite {
  readonly contests: readonly Contest[]
  close(): void
}

export interface Result {
  readonly name: string
  readonly against: string
  /** Nanoseconds for one time: the median of the rounds. */
  readonly ours: number
  readonly reference: number
  /** Median of the rounds' ratios, ours to reference. */
  readonly ratio: number
  readonly goal: Goal | null
  readonly met: boolean | null
}

/** Rounds that only warm up: compiled code, caches, clocks. */
const WARM_UP = 3

/** Throws where the two should agree and do not: then the ratio would mean nothing. */
export async function measure(contest: Contest, warmUp = WARM_UP): Promise<Result> {
  const { name, against, goal = null, count, rounds, agree = false } = contest
  const ours: number[] = []
  const reference: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    // Each goes first in every other round: neither always follows the other's caches.
    const oursFirst = round % 2 === 0
    const first = await rested(oursFirst ? contest.ours : contest.reference, count)
    const second = await rested(oursFirst ? contest.reference : contest.ours, count)
    const [mine, theirs] = oursFirst ? [first, second] : [second, first]
    if (agree && mine.sum !== theirs.sum) {
      throw new Error(`${name}: ${mine.sum} came out, ${theirs.sum} of the ${against}`)
    }
    if (round < 0) continue
    ours.push(mine.ns / count)
    reference.push(theirs.ns / count)
  }
  const time = median(ours)
  const ratio = median(ours.map((ns, round) => ns / reference[round]!))
  const met = goal === null ? null : 'ratio' in goal ? ratio <= goal.ratio : time <= goal.ns
  return { name, against, ours: time, reference: median(reference), ratio, goal, met }
}

/** A peer has just slept, waiting for its line, and is not soon preempted: so let this process sleep too. */
async function rested(runner: Runner, count: number): Promise<Outcome> {
  await sleep(1)
  return runner(count)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** A runner for code of this process. `body` computes something from all of it: no compiler can leave it out. */
export function timed(body: (count: number) => number): Runner {
  return (count) => {
    const start = process.hrtime.bigint()
    const sum = body(count)
    return { ns: Number(process.hrtime.bigint() - start), sum }
  }
}
