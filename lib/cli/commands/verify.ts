// SPDX-License-Identifier: MIT
// `verify`: what is wrong with a heap, and with --explain what a finding means.

import { hostName } from '../../data/hosts.js'
import { nearest } from '../../data/nearest.js'
import type { Check } from '../../heap/check/check.js'
import { checks } from '../../heap/check/checks.js'
import { type VerifyFinding, verifyReport } from '../../inspect/verify.js'
import { viewOf } from '../../smem.js'
import { openSource } from '../../source/open.js'
import { usage } from '../arguments.js'
import { type Context, type Run, report, warn } from '../command.js'
import { Exit } from '../exit.js'
import { type Column, columns } from '../render/columns.js'
import { printable, type Style } from '../render/style.js'

export const run: Run = (context, _args, options) => {
  if (typeof options.explain === 'string') return explain(context, checkNamed(options.explain))
  const source = openSource(context.source)
  try {
    warn(context, source)
    const verdict = verifyReport(source.regions, viewOf(source, context.source))
    report(context, verdict, () => text(verdict.findings, context.style))
    return verdict.ok ? Exit.OK : Exit.FINDINGS
  } finally {
    source.close()
  }
}

function checkNamed(name: string): Check {
  const check = checks.find((one) => one.name === name)
  if (check !== undefined) return check
  const names = checks.map((one) => one.name)
  const similar = nearest(name, names)
  throw usage(
    `there is no check "${name}"`,
    similar === null ? `the checks are ${names.join(', ')}` : `did you mean ${similar}?`,
  )
}

function explain(context: Context, { name, severity, explanation }: Check): number {
  const explained = { schema: 'qcom-smem/check@1', check: name, severity, explanation }
  report(context, explained, () => `${context.style.bold(name)} (${severity})\n\n${explanation}\n`)
  return Exit.OK
}

function text(findings: readonly VerifyFinding[], style: Style): string {
  return findings.length === 0 ? 'no findings\n' : columns(findings, table(style), style)
}

const table = (style: Style): Column<VerifyFinding>[] => [
  {
    title: 'SEVERITY',
    cell: ({ severity }) => severity,
    paint: (cell, { severity }) => (severity === 'error' ? style.red(cell) : style.yellow(cell)),
  },
  { title: 'CHECK', cell: ({ check }) => check },
  { title: 'HOST', cell: ({ host }) => (host === null ? '-' : (hostName(host) ?? String(host))) },
  { title: 'ITEM', align: 'right', cell: ({ item }) => (item === null ? '-' : String(item)) },
  { title: 'ADDRESS', cell: ({ address }) => address ?? '-' },
  { title: '', cell: ({ message }) => printable(message) },
]
