// SPDX-License-Identifier: MIT
// A report: the page of one moment as a file to be mailed, or attached to a bug. Any source will do, also one that no
// driver would open.

import { SmemError } from '../errors.js'
import { Smem, type SmemOptions } from '../smem.js'
import type { Source } from '../source/source.js'
import { inlineSources, pageHtml } from './page/html.js'
import { type PageData, type PageOptions, pageData, pageOfSource } from './page.js'

export interface ReportOptions extends Pick<SmemOptions, 'localHost' | 'decoders'> {
  /** Who makes it. */
  readonly tool: PageOptions['tool']
}

/** What was written, as data. */
export interface ReportReport {
  readonly schema: 'qcom-smem/report@1'
  readonly file: string
  /** Of the file, bytes. */
  readonly size: number
  readonly warnings: readonly string[]
  readonly items: number
  /** Items beyond the most that a page has. */
  readonly omitted: number
  readonly findings: number
  /** Why no driver would open this heap; null where one would. */
  readonly problem: PageData['problem']
}

/** @throws SmemError EPERM, EINVAL as `viewOf` */
export function reportPage(source: Source, options: ReportOptions): PageData {
  const { tool, localHost, decoders } = options
  const page: PageOptions = { mode: 'report', tool, localHost }
  const smem = openedOn(source, { localHost, decoders })
  return smem === null ? pageOfSource(source, page) : pageData(smem, page)
}

/** As one self-contained file. */
export function reportHtml(page: PageData): string {
  const { info, tool } = page
  return pageHtml({
    title: `SMEM of ${info.board?.model ?? info.source}`,
    metas: [
      { 'http-equiv': 'Content-Security-Policy', content: policy() },
      { name: 'referrer', content: 'no-referrer' },
      { name: 'generator', content: `${tool.name} ${tool.version}` },
    ],
    scriptless: 'This page needs JavaScript, which it has inside it: nothing is loaded.',
    data: page,
  })
}

/** In the file itself: no server answers for it. */
function policy(): string {
  const { 'script-src': script, 'style-src': style } = inlineSources()
  return `default-src 'none'; script-src ${script}; style-src ${style}; img-src data:; base-uri 'none'; form-action 'none'`
}

export function reportReport(
  { items, omitted, warnings, verify, problem }: PageData,
  file: Pick<ReportReport, 'file' | 'size'>,
): ReportReport {
  return {
    schema: 'qcom-smem/report@1',
    ...file,
    warnings,
    items: items.length,
    omitted,
    findings: verify.findings.length,
    problem,
  }
}

function openedOn(source: Source, options: Pick<SmemOptions, 'localHost' | 'decoders'>) {
  try {
    return Smem.over(source, options)
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  }
}
