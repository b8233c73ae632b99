// SPDX-License-Identifier: MIT
// `report -o FILE.html`: all that this program knows of one SMEM as a page that needs nothing but a browser.

import { checkNewFile, writeNewFile } from '../../dump/new-file.js'
import type { PageData } from '../../inspect/page.js'
import { type ReportReport, reportHtml, reportPage, reportReport } from '../../inspect/report.js'
import { openSource } from '../../source/open.js'
import { usage } from '../arguments.js'
import { type Context, jsonText, type Run } from '../command.js'
import { version } from '../version.js'

const tool = { name: 'qcom-smem', version }

export const run: Run = (context, _args, { output, force }) => {
  if (typeof output !== 'string' || output === '') {
    throw usage('a report needs a file to go to', 'qcom-smem report -o smem.html')
  }
  const toStdout = output === '-'
  if (toStdout && context.json) {
    throw usage(
      'both the report and what is said of it want the standard output',
      'leave out --json',
    )
  }
  const options = { replace: force === true }
  // Before any memory is read: a board can be slow, and a mistyped name is not.
  if (!toStdout) checkNewFile(output, options)
  const page = look(context)
  const html = Buffer.from(reportHtml(page))
  if (toStdout) context.out(html)
  else writeNewFile(output, html, options)
  tell(context, reportReport(page, { file: output, size: html.length }))
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
  const { file, size, warnings, items, omitted, findings, problem } = report
  for (const warning of warnings) say(`warning: ${warning}`)
  if (problem !== null) say(`${problem.code}: ${problem.message}`)
  say(`wrote ${file === '-' ? 'to the standard output' : file}: ${size} bytes`)
  const more = omitted === 0 ? '' : `, and ${omitted} more that are too many to show`
  say(`  ${counted(items, 'item')}${more}; ${counted(findings, 'finding')}`)
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`
}
