// SPDX-License-Identifier: MIT
// A run: chapter by chapter, all contests, on one processor or where the kernel likes.

import { type Contest, measure, type Result, type Suite } from './contest.js'
import type { Effort } from './effort.js'
import { type Machine, machine } from './machine.js'
import { pin } from './pin.js'
import { chapters, growths } from './suites.js'

/** What came out, for `--json` and for the page. */
export interface Report {
  readonly schema: 'qcom-smem/bench@2'
  readonly machine: Machine
  readonly rounds: number
  readonly chapters: readonly ChapterReport[]
  readonly growths: readonly GrowthReport[]
}

export interface ChapterReport {
  readonly name: string
  readonly says: string
  readonly results: readonly Result[]
}

export interface GrowthReport {
  readonly name: string
  readonly says: string
  readonly by: string
  readonly sizes: readonly SizeReport[]
}

export interface SizeReport {
  readonly size: number
  readonly results: readonly Result[]
}

export interface RunOptions {
  readonly effort: Effort
  /** Whether a chapter is wanted. */
  wanted(name: string): boolean
  /** Hears of each contest before it begins. */
  tell(contest: Contest): void
}

export async function run({ effort, wanted, tell }: RunOptions): Promise<Report> {
  const before = machine()
  let pinned: number | null = null
  const results = async (free: boolean | undefined, make: () => Suite | Promise<Suite>) => {
    const { processor, release } = free === true ? UNPINNED : pin()
    pinned ??= processor
    try {
      return await measured(await make(), tell)
    } finally {
      release()
    }
  }
  const reports: ChapterReport[] = []
  for (const { name, says, free, suite } of chapters.filter(({ name }) => wanted(name))) {
    reports.push({ name, says, results: await results(free, () => suite(effort)) })
  }
  const grown: GrowthReport[] = []
  for (const { name, says, free, by, sizes, suite } of growths.filter(({ name }) => wanted(name))) {
    // Thrown away: else the first size would pay for what is compiled.
    await results(free, () => suite(sizes.at(-1)!, { ...effort, growthRounds: 1 }))
    const each: SizeReport[] = []
    for (const size of sizes) {
      each.push({ size, results: await results(free, () => suite(size, effort)) })
    }
    grown.push({ name, says, by, sizes: each })
  }
  return {
    schema: 'qcom-smem/bench@2',
    machine: { ...before, pinned },
    rounds: effort.rounds,
    chapters: reports,
    growths: grown,
  }
}

const UNPINNED = { processor: null, release: () => {} }

async function measured(suite: Suite, tell: RunOptions['tell']): Promise<Result[]> {
  const results: Result[] = []
  try {
    for (const contest of suite.contests) {
      tell(contest)
      results.push(await measure(contest))
    }
  } finally {
    suite.close()
  }
  return results
}
