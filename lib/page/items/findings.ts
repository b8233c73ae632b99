// SPDX-License-Identifier: MIT
// Which findings are about which item: those that name it, and those at an address within it.

import type { PageData, PageItem } from '../../inspect/page.js'

export type Finding = PageData['verify']['findings'][number]

/** By key; items without findings are not in it. */
export function findingsByItem(page: Pick<PageData, 'items' | 'verify'>): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of page.verify.findings) {
    const item = itemOf(finding, page.items)
    if (item === null) continue
    const known = found.get(item.key)
    if (known === undefined) found.set(item.key, [finding])
    else known.push(finding)
  }
  return found
}

/** Null for a finding about no item that is listed. */
export function itemOf(finding: Finding, items: readonly PageItem[]): PageItem | null {
  const named = items.find(
    ({ id, host }) => finding.item !== null && id === finding.item && host === finding.host,
  )
  return named ?? items.find((item) => finding.item === null && holds(item, finding)) ?? null
}

function holds({ address, size }: PageItem, finding: Finding): boolean {
  if (address === null || size === null || finding.address === null) return false
  const at = Number.parseInt(finding.address, 16) - Number.parseInt(address, 16)
  return at >= 0 && at < size
}
