// SPDX-License-Identifier: MIT
// One thing done in two ways, measured in turns: on a machine that others share, times drift by tens of per
// cent, the ratio of two neighbours far less. So what counts is the median of the rounds' ratios.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Goal } from './goals.js'

/** Of what is measured: nanoseconds, bytes of memory, a share of one processor (0.05 is 5 %). */
export type Unit = 'ns' | 'bytes' | 'share'

/** What a number of times took in all, and what came out of the work, as one number. */
export interface Outcome {
  /** In the contest's unit. */
  readonly spent: number
  readonly sum: number
}

/** Does something `count` times. */
export type Runner = (count: number) => Outcome | Promise<Outcome>

export interface Contest {
  readonly name: string
  /** What it is held against. */
  readonly against: string
  /** Nanoseconds by default. */
  readonly unit?: Unit
  /** Without one the row is there for information. */
  readonly goal?: Goal
  /** Times in one round: best for a millisecond or less, in which others seldom come between. */
  readonly count: number
  readonly rounds: number
  /** Rounds before these that only warm up: compiled code, caches, clocks. 10 by default. */
  readonly warmUp?: number
  /** Whether both do the same work, so that the same must come out. */
  readonly agree?: boolean
  readonly ours: Runner
  /** null where the rival is not on this machine, or where there is none. */
  readonly reference: Runner | null
}

/** Contests that share memory, processes or files. */
export interface Suite {
  readonly contests: readonly Contest[]
  close(): void
}

export interface Result {
  readonly name: string
  readonly against: string
  readonly unit: Unit
  /** For one time: the median of the rounds. */
  readonly ours: number
  readonly reference: number | null
  /** Median of the rounds' ratios, ours to reference. */
  readonly ratio: number | null
  readonly goal: Goal | null
  /** What the goal is about; null as `met`. */
  readonly judged: number | null
  /** null where there is no goal, or no rival to judge it by. */
  readonly met: boolean | null
}

/** Throws where the two should agree and do not: then the ratio would mean nothing. */
export async function measure(contest: Contest): Promise<Result> {
  const { name, against, unit = 'ns', goal = null, agree = false } = contest
  const { count, rounds, warmUp = 10 } = contest
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    const [mine, other] = await turns(contest, round)
    if (agree && other !== null && mine.sum !== other.sum) {
      throw new Error(`${name}: ${mine.sum} came out, ${other.sum} of the ${against}`)
    }
    if (round < 0) continue
    ours.push(mine.spent / count)
    if (other !== null) theirs.push(other.spent / count)
  }
  const reference = theirs.length === 0 ? null : median(theirs)
  const of = (figure: (mine: number, other: number) => number) =>
    reference === null ? null : median(ours.map((mine, round) => figure(mine, theirs[round]!)))
  const ratio = of((mine, other) => mine / other)
  const figures = { ratio, each: median(ours), above: of((mine, other) => mine - other) }
  const judged = goal === null ? null : figures[goal.by]
  const met = goal === null || judged === null ? null : judged <= goal.limit
  return { name, against, unit, ours: figures.each, reference, ratio, goal, judged, met }
}

/** Each goes first in every other round: neither always follows the other's caches. */
async function turns({ ours, reference, count }: Contest, round: number) {
  if (reference === null) return [await rested(ours, count), null] as const
  const oursFirst = round % 2 === 0
  const first = await rested(oursFirst ? ours : reference, count)
  const second = await rested(oursFirst ? reference : ours, count)
  return oursFirst ? ([first, second] as const) : ([second, first] as const)
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
    return { spent: Number(process.hrtime.bigint() - start), sum }
  }
}
