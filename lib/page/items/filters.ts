// SPDX-License-Identifier: MIT
// Which items the table shows: each filter is a row of this table, and says what it asks of an item.

import type { PageData, PageItem } from '../../inspect/page.js'
import { matcher } from './search.js'

export interface ItemFilters {
  readonly query: string
  /** `all`, `global`, or the id of a remote host. */
  readonly host: string
  readonly heap: 'all' | PageItem['heap']
  readonly cached: 'all' | 'cached' | 'uncached'
  readonly withError: boolean
  readonly withFindings: boolean
  readonly decoded: boolean
}

export const noFilters: ItemFilters = {
  query: '',
  host: 'all',
  heap: 'all',
  cached: 'all',
  withError: false,
  withFindings: false,
  decoded: false,
}

/** What the filters need to know beyond the item. */
export interface FilterContext {
  readonly hosts: PageData['hosts']
  hasFindings(item: PageItem): boolean
}

/** The items that pass all filters, in the order they came. */
export function filterItems(
  items: readonly PageItem[],
  filters: ItemFilters,
  { hosts, hasFindings }: FilterContext,
): PageItem[] {
  const { query, host, heap, cached, withError, withFindings, decoded } = filters
  const found = matcher(query, hosts)
  const asked: [boolean, (item: PageItem) => boolean][] = [
    [host !== 'all', (item) => hostKey(item) === host],
    [heap !== 'all', (item) => item.heap === heap],
    [cached !== 'all', (item) => item.cached === (cached === 'cached')],
    [withError, hasError],
    [withFindings, hasFindings],
    [decoded, (item) => item.decoder !== null],
    [query.trim() !== '', found],
  ]
  const tests = asked.filter(([wanted]) => wanted).map(([, test]) => test)
  return items.filter((item) => tests.every((test) => test(item)))
}

export function isFiltered(filters: ItemFilters): boolean {
  return Object.entries(noFilters).some(
    ([name, none]) => filters[name as keyof ItemFilters] !== none,
  )
}

/** The heap's own complaint, or the decoder's. */
export function hasError({ error, undecoded }: PageItem): boolean {
  return error !== null || undecoded !== null
}

export function hostKey({ host }: PageItem): string {
  return host === null ? 'global' : String(host)
}
