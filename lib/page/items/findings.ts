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
  const about = tests.find((test) => items.some((item) => test(finding, item)))
  return items.find((item) => about?.(finding, item)) ?? null
}

/** The first of them that any item passes tells. */
const tests: readonly ((finding: Finding, item: PageItem) => boolean)[] = [
  ({ item, host }, { id, host: own }) => item !== null && item === id && host === own,
  ({ item, address }, listed) => item === null && address !== null && holds(listed, address),
  // Where a partition breaks, an entry without an id is listed in place of all that follow.
  ({ item, host }, { id, host: own }) =>
    item === null && host !== null && id === null && host === own,
]

function holds({ address, size }: PageItem, wanted: string): boolean {
  if (address === null || size === null) return false
  const at = Number.parseInt(wanted, 16) - Number.parseInt(address, 16)
  return at >= 0 && at < size
}
