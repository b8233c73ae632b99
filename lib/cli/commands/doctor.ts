// SPDX-License-Identifier: MIT
// `doctor`: what stands in the way on this machine, with the evidence and the remedy.

import { type DoctorReport, doctorReport } from '../../inspect/doctor.js'
import { type Run, report } from '../command.js'
import { Exit } from '../exit.js'
import { printable, type Style } from '../render/style.js'

export const run: Run = (context) => {
  const examined = doctorReport()
  report(context, examined, () => text(examined, context.style))
  return examined.ok ? Exit.OK : Exit.FINDINGS
}

const marks = { ok: 'ok', warning: 'warning', problem: 'PROBLEM', unknown: 'unknown' } as const

function text({ findings, canRead, canLock }: DoctorReport, style: Style): string {
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
