// SPDX-License-Identifier: MIT
// What the checks found, worst first, with what each finding means, and the way to the item that it is about.

import type { PageData, PageItem } from '../../inspect/page.js'
import { hostText, itemTitle } from '../item/labels.js'
import { visible } from '../item/text.js'
import { Explanation } from '../items/explanation.js'
import { type Finding, itemOf } from '../items/findings.js'

type FindingsPage = Pick<PageData, 'verify' | 'explanations' | 'items' | 'hosts'>

export function Findings({ page }: { page: FindingsPage }) {
  const { findings } = page.verify
  if (findings.length === 0) {
    return <p class="findings-none">None. All checks passed.</p>
  }
  const checks = [...new Set(findings.map(({ check }) => check))]
  return (
    <>
      <p class="findings-count">{countText(findings)}</p>
      {checks.map((check) => (
        <CheckFindings
          key={check}
          check={check}
          findings={findings.filter((finding) => finding.check === check)}
          page={page}
        />
      ))}
    </>
  )
}

function countText(findings: readonly Finding[]): string {
  const kinds = [...new Set(findings.map(({ severity }) => severity))]
  return kinds
    .map((kind) => {
      const count = findings.filter(({ severity }) => severity === kind).length
      return `${count} ${kind}${count === 1 ? '' : 's'}`
    })
    .join(', ')
}

interface CheckFindingsProps {
  readonly check: string
  /** Of this check, one or more. */
  readonly findings: readonly Finding[]
  readonly page: FindingsPage
}

function CheckFindings({ check, findings, page }: CheckFindingsProps) {
  const severity = findings[0]!.severity
  const explanation = page.explanations[check]?.text
  return (
    <div class={`notice finding-group ${severity}`}>
      <p>
        <span class={`severity ${severity}`}>{severity}</span> <strong>{check}</strong>
      </p>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.address} ${finding.message}`}>
            {visible(finding.message)}
            <Place finding={finding} item={itemOf(finding, page.items)} hosts={page.hosts} />
          </li>
        ))}
      </ul>
      {explanation !== undefined && <Explanation text={explanation} />}
    </div>
  )
}

interface PlaceProps {
  readonly finding: Finding
  readonly item: PageItem | null
  readonly hosts: PageData['hosts']
}

function Place({ finding, item, hosts }: PlaceProps) {
  const { host, address } = finding
  return (
    <span class="finding-place">
      {host !== null && <span>{hostText(host, hosts)}</span>}
      {address !== null && (
        <a href="#map" class="mono" title="To the map">
          {address}
        </a>
      )}
      {item !== null && (
        <a href={`#item=${encodeURIComponent(item.key)}`} title="Open the item">
          {itemTitle(item)}
        </a>
      )}
    </span>
  )
}
