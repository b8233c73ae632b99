// SPDX-License-Identifier: MIT
// All that the page shows of one moment, as data: the reports that the commands print, a map of each region to scale, and
// every item with its bytes and what they mean. The report has it in its file, the live page gets it first and then
// changes to it. It also speaks of SMEM that no driver would accept: findings, and the header as it is.

import { Host, hostName } from '../data/hosts.js'
import type { SmemError } from '../errors.js'
import { checks } from '../heap/check/checks.js'
import type { Severity } from '../heap/check/finding.js'
import { type Smem, type SmemOptions, viewOf } from '../smem.js'
import type { Source } from '../source/source.js'
import { describeSource, type InfoReport } from './info.js'
import { type PageHeader, pageHeader } from './page/header.js'
import { type PageItem, pageItems } from './page/items.js'
import { type MapRegion, pageMap } from './page/map.js'
import { pageRecords } from './page/records.js'
import { type ListedPartition, partitionsReport } from './partitions.js'
import { type VerifyReport, verifyReport } from './verify.js'
import { type VersionsReport, versionsReport } from './versions.js'

export type { InfoReport } from './info.js'
export type { PageHeader } from './page/header.js'
export type { PageItem } from './page/items.js'
export type { MapKind, MapRegion, MapSpan } from './page/map.js'
export type { ListedPartition } from './partitions.js'
export type { VerifyFinding, VerifyReport } from './verify.js'
export type { VersionsReport } from './versions.js'

export interface PageData {
  readonly schema: 'qcom-smem/page@1'
  readonly mode: 'report' | 'live'
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601; of a snapshot the time at which that was taken is in `info.captured`. */
  readonly time: string
  /** What the user should know of the source, one sentence each. */
  readonly warnings: readonly string[]
  /** Why no driver would open this heap; null where one would. */
  readonly problem: PageProblem | null
  readonly info: InfoReport
  /** The first bytes of region 0, whatever they are; null where they cannot be read. */
  readonly header: PageHeader | null
  readonly partitions: readonly ListedPartition[]
  readonly verify: VerifyReport
  readonly versions: VersionsReport | null
  /** By name: of the checks that found something; of all on a live page. */
  readonly explanations: Readonly<Record<string, PageExplanation>>
  /** By id: of the hosts that occur, and of all known ones on a live page. */
  readonly hosts: Readonly<Record<string, string>>
  readonly map: { readonly regions: readonly MapRegion[] }
  readonly items: readonly PageItem[]
  /** Items that are not shown, because there are too many for a page. */
  readonly omitted: number
}

export interface PageProblem {
  readonly code: string
  readonly message: string
  readonly hint: string | null
}

export interface PageExplanation {
  readonly severity: Severity
  readonly text: string
}

/** What the live page is told when something has changed. What has not is null, and not sent again. */
export interface PageChange {
  readonly time: string
  /** Changed or new, whole. */
  readonly items: readonly PageItem[]
  /** Keys of the items that are gone. */
  readonly gone: readonly string[]
  readonly info: InfoReport
  readonly partitions: readonly ListedPartition[]
  /** With the indices of all items, in the order of a whole page. */
  readonly map: PageData['map'] | null
  readonly findings: VerifyReport['findings'] | null
}

export interface PageOptions extends Pick<SmemOptions, 'localHost'> {
  readonly mode: PageData['mode']
  /** Who makes it. */
  readonly tool: PageData['tool']
}

/** One moment of an open SMEM. @throws SmemError EBADF after close */
export function pageData(smem: Smem, options: PageOptions): PageData {
  return pageOf(smem.source, smem, options)
}

/** What can be said of a source that no driver would open. @throws SmemError EPERM, EINVAL as `viewOf` */
export function pageOfSource(source: Source, options: PageOptions): PageData {
  return pageOf(source, null, options)
}

function pageOf(source: Source, smem: Smem | null, options: PageOptions): PageData {
  const { mode, tool } = options
  const view = viewOf(source, options)
  const { report: info, problem } = describeSource(source, options)
  const verify = verifyReport(source.regions, view)
  const records = pageRecords(source, options)
  const { items, omitted } = smem === null ? nothing : pageItems(smem, view)
  const { regions } = source
  const { partitions } = partitionsReport({ regions, partitions: () => records.partitions })
  const map = { regions: pageMap(regions, view, records, items) }
  return {
    schema: 'qcom-smem/page@1',
    mode,
    tool,
    time: new Date().toISOString(),
    warnings: source.warnings,
    problem: problem && problemOf(problem),
    info,
    header: pageHeader(regions[0].port),
    partitions,
    verify,
    versions: smem === null ? null : versionsReport(smem),
    explanations: explanationsOf(verify, mode),
    hosts: hostsOf(items, partitions, verify, info, mode),
    map,
    items,
    omitted,
  }
}

const nothing = { items: [], omitted: 0 }

function problemOf({ code, message, hint }: SmemError): PageProblem {
  return { code, message, hint: hint ?? null }
}

/** A live page needs them all: any may come to be found. */
function explanationsOf({ findings }: VerifyReport, mode: PageData['mode']) {
  const found = new Set(findings.map(({ check }) => check))
  return Object.fromEntries(
    checks
      .filter(({ name }) => mode === 'live' || found.has(name))
      .map(({ name, severity, explanation: text }): [string, PageExplanation] => {
        return [name, { severity, text }]
      }),
  )
}

function hostsOf(
  items: readonly PageItem[],
  partitions: readonly ListedPartition[],
  { findings }: VerifyReport,
  { hwlock }: InfoReport,
  mode: PageData['mode'],
): Record<string, string> {
  // Firmware writes its host id plus one.
  const owner = hwlock === null || hwlock.owner === null ? 0 : hwlock.owner
  const ids = new Set([
    ...(mode === 'live' ? Object.values(Host) : []),
    ...[...items, ...findings].flatMap(({ host }) => host ?? []),
    ...partitions.flatMap(({ host0, host1 }) => [host0, host1]),
    ...(owner === 0 ? [] : [owner - 1]),
  ])
  const sorted = [...ids].sort((a, b) => a - b)
  return Object.fromEntries(sorted.map((id) => [id, hostName(id) ?? `host ${id}`]))
}
