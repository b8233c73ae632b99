// SPDX-License-Identifier: MIT
// What doctor found, for a person: one line for each check, its evidence and its remedy below.

import type { DoctorReport } from '../../inspect/doctor.js'
import { printable, type Style } from './style.js'

const marks = { ok: 'ok', warning: 'warning', problem: 'PROBLEM', unknown: 'unknown' } as const

export function doctorText({ findings, canRead, canLock }: DoctorReport, style: Style): string {
  const paint = { ok: style.green, warning: style.yellow, problem: style.red, unknown: style.dim }
  const blocks = findings.map(({ status, title, evidence, remedy }) =>
    [
      `${paint[status](marks[status].padEnd(7))}  ${printable(title)}`,
      ...evidence.map((line) => `         ${style.dim(printable(line))}`),
      ...(remedy === null ? [] : [`         -> ${printable(remedy)}`]),
    ].join('\n'),
  )
  const verdict = `Reading live SMEM ${canRead ? 'works' : 'does not work'} here; taking its lock ${canLock ? 'is possible' : 'is not possible'}.`
  return `${blocks.join('\n')}\n\n${style.bold(verdict)}\n`
}
