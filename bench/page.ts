// SPDX-License-Identifier: MIT
// The page bench/README.md and its pictures, out of what a run found.

import { type Style, styleFor } from '#lib/cli/render/style.js'
import { bars } from './bars.js'
import type { Result } from './contest.js'
import type { Goal } from './goals.js'
import { growthText, type Picture, pictures } from './growth-page.js'
import { facts } from './machine.js'
import type { Report } from './run.js'
import { amount, limit, markdown, resultColumns, times, verdict } from './table.js'

export interface Page {
  readonly text: string
  /** SVG by file name. */
  readonly pictures: ReadonlyMap<string, string>
}

const plain: Style = styleFor(false, {})
const figures = resultColumns(plain).map((column) => {
  return { ...column, title: column.title.toLowerCase() }
})

const HEAD = `# How fast it is

This page is written by \`npm run bench -- --write\`. Do not edit it.

Everything is measured side by side in one run: ours, then the rival, then the other way round. Times drift when others
use the machine; the ratio of two neighbours drifts far less. So RATIO is the median of the rounds' ratios, ours to
theirs: below 1 we are faster. OURS and THEIRS are medians, too, of the time for one.

The memory is a fake SoC's: a memfd, mapped by both sides. There it is ordinary memory, and the processor's caches
answer. On a board SMEM is Device memory, where every load takes the way to DRAM: what counts there is how many words
are read. [How many those are](../docs/fleet.md) is counted, too.
`

export function page(report: Report): Page {
  const results = report.chapters.flatMap(({ results }) => results)
  const drawn = report.growths.flatMap((growth) => pictures(growth))
  const sections = [
    HEAD,
    `## The machine\n\n${machineTable(report)}`,
    `## Goals\n\n![how much of its limit each goal uses](${GOALS})\n\n${goalTable(results)}${misses(results)}`,
    `## All figures\n\n${report.rounds} rounds of what takes microseconds, fewer of what takes longer.\n`,
    ...report.chapters.map(({ name, says, results }) => {
      return `### ${title(name)}\n\n${says}\n\n${markdown(results, figures)}`
    }),
    ...report.growths.map(
      (growth) => `## Growth: ${growth.by}\n\n${growth.says}\n\n${growthText(growth)}`,
    ),
  ]
  return {
    text: sections.join('\n'),
    pictures: new Map([[GOALS, goalBars(results)], ...drawn.map(named)]),
  }
}

function machineTable({ machine }: Report): string {
  return markdown(facts(machine), [
    { title: 'what', cell: ([name]) => name },
    { title: 'is', cell: ([, value]) => value },
  ])
}

function goalTable(results: readonly Result[]): string {
  return markdown(judged(results), [
    { title: 'goal', cell: ({ goal }) => goal.says },
    { title: 'measured', cell: ({ name }) => name },
    { title: 'limit', align: 'right', cell: ({ goal, unit }) => limit(goal, unit) },
    { title: 'it is', align: 'right', cell: figure },
    { title: 'met', cell: ({ met }) => verdict(met) },
  ])
}

type Judged = Result & { readonly goal: Goal }

const GOALS = 'goals.svg'

function goalBars(results: readonly Result[]): string {
  const used = judged(results).flatMap((result) => {
    const { goal, name, against, judged } = result
    if (judged === null) return []
    const what = goal.by === 'ratio' ? `${name} / ${against}` : name
    return [{ name: `${what}: ${figure(result)}`, used: judged / goal.limit }]
  })
  return bars('How much of its limit each goal uses', used)
}

const named = ({ file, picture }: Picture) => [file, picture] as const

function judged(results: readonly Result[]): Judged[] {
  return results.flatMap((result) => {
    const { goal } = result
    return goal === null ? [] : [{ ...result, goal }]
  })
}

function figure({ goal, unit, judged }: Judged): string {
  if (judged === null) return '-'
  if (goal.by === 'ratio') return times(judged)
  return `${goal.by === 'above' ? 'theirs + ' : ''}${amount(judged, unit)}`
}

function misses(results: readonly Result[]): string {
  const missed = new Map(
    judged(results).flatMap(({ goal, met }) => (met === false ? [[goal.says, goal]] : [])),
  )
  if (missed.size === 0) return '\nEvery goal that could be judged is met.\n'
  const reasons = [...missed.values()].map(
    ({ says, unmet }) => `- ${says}. Missed: ${unmet ?? 'nobody knows yet why'}.\n`,
  )
  return `\nWhat is missed, and why:\n\n${reasons.join('')}`
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
