// SPDX-License-Identifier: MIT
// Results as lines for people.

import { columns } from '#lib/cli/render/columns.js'
import type { Style } from '#lib/cli/render/style.js'
import type { Goal, Result } from './contest.js'

export function table(results: readonly Result[], style: Style): string {
  return columns(
    results,
    [
      { title: 'WHAT', cell: ({ name }) => name },
      { title: 'AGAINST', cell: ({ against }) => against },
      { title: 'OURS', align: 'right', cell: ({ ours }) => time(ours) },
      { title: 'REFERENCE', align: 'right', cell: ({ reference }) => time(reference) },
      { title: 'RATIO', align: 'right', cell: ({ ratio }) => times(ratio) },
      { title: 'GOAL', align: 'right', cell: ({ goal }) => limit(goal) },
      {
        title: 'MET',
        cell: ({ met }) => (met === null ? '' : met ? 'yes' : 'NO'),
        paint: (text, { met }) => (met === false ? style.red(text) : style.green(text)),
      },
    ],
    style,
  )
}

function limit(goal: Goal | null): string {
  if (goal === null) return ''
  return `<= ${'ratio' in goal ? times(goal.ratio) : time(goal.ns)}`
}

function times(ratio: number): string {
  return `${ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)}x`
}

function time(ns: number): string {
  if (ns < 1e3) return `${ns.toFixed(1)} ns`
  return ns < 1e6 ? `${(ns / 1e3).toFixed(2)} us` : `${(ns / 1e6).toFixed(2)} ms`
}
