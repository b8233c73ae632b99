// SPDX-License-Identifier: MIT
// A plan as a table: the words that have to be as they were, then what is stored, in this order.

import type { PlannedGuard, PlannedStep, PlanReport } from '../../inspect/plan.js'
import { type Column, columns } from './columns.js'
import type { Style } from './style.js'

interface Row {
  readonly step: string
  readonly address: string
  readonly old: string
  readonly fresh: string
  readonly label: string
}

export function planTable({ guards, steps }: PlanReport, style: Style): string {
  return columns([...guards.map(guardRow), ...steps.map(stepRow)], table, style)
}

const table: readonly Column<Row>[] = [
  { title: 'STEP', cell: ({ step }) => step },
  { title: 'ADDRESS', cell: ({ address }) => address },
  { title: 'OLD', cell: ({ old }) => old },
  { title: 'NEW', cell: ({ fresh }) => fresh },
  { title: 'WORD', cell: ({ label }) => label },
]

function guardRow({ address, expected, label }: PlannedGuard): Row {
  return { step: 'expect', address, old: word(expected), fresh: '', label }
}

function stepRow({ op, kind, address, old, value, words, label }: PlannedStep): Row {
  return {
    step: kind === null ? op : `fence ${kind}`,
    address: address ?? '',
    old: old === null ? '' : word(old),
    fresh: words === null ? (value === null ? '' : word(value)) : `${words} x 0`,
    label,
  }
}

function word(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
