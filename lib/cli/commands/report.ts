// SPDX-License-Identifier: MIT
// `report -o FILE.html`: all that this program knows of one SMEM as a page that needs nothing but a browser.

import type { PageData } from '../../inspect/page.js'
import { type ReportReport, reportHtml, reportPage, reportReport } from '../../inspect/report.js'
import { openSource } from '../../source/open.js'
import { type Context, jsonText, type Run } from '../command.js'
import { type OutputWords, openOutput, writtenText } from '../output.js'
import { tool } from '../version.js'

const words: OutputWords = {
  missing: ['a report needs a file to go to', 'qcom-smem report -o smem.html'],
  both: 'both the report and what is said of it want the standard output',
}

export const run: Run = (context, _args, options) => {
  const output = openOutput(context, options, words)
  const page = look(context)
  const html = Buffer.from(reportHtml(page))
  output.write(html)
  tell(context, reportReport(page, { file: output.file, size: html.length }))
  return undefined
}

function look({ source: options }: Context): PageData {
  const source = openSource(options)
  try {
    const { localHost, decoders } = options
    return reportPage(source, { tool, localHost, decoders })
  } finally {
    source.close()
  }
}

/** To stderr for people: stdout may be the report's. */
function tell({ json, out, say }: Context, report: ReportReport): void {
  if (json) {
    out(jsonText(report))
    return
  }
  const { warnings, items, omitted, findings, problem } = report
  for (const warning of warnings) say(`warning: ${warning}`)
  if (problem !== null) say(`${problem.code}: ${problem.message}`)
  say(writtenText(report))
  const more = omitted === 0 ? '' : `, and ${omitted} more that are too many to show`
  say(`  ${counted(items, 'item')}${more}; ${counted(findings, 'finding')}`)
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`
}
