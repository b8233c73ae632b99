// SPDX-License-Identifier: MIT
// Sorting the item table by any of its columns. What is not known stands last in either direction, and items that
// are equal keep the order of the listing.

import type { PageData, PageItem } from '../../inspect/page.js'

export type SortColumn =
  | 'id'
  | 'name'
  | 'host'
  | 'heap'
  | 'address'
  | 'size'
  | 'decoder'
  | 'trouble'

export interface Order {
  readonly column: SortColumn
  readonly descending: boolean
}

export interface OrderContext {
  readonly hosts: PageData['hosts']
  /** Errors and findings of an item. */
  troubles(item: PageItem): number
}

type Key = number | string | null

const keys: Record<SortColumn, (item: PageItem, context: OrderContext) => Key> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  host: ({ host }) => host ?? -1,
  heap: ({ heap, cached }) => `${heap} ${cached === true ? 1 : 0}`,
  address: ({ address }) => (address === null ? null : Number.parseInt(address, 16)),
  size: ({ size }) => size,
  decoder: ({ decoder }) => decoder,
  trouble: (item, { troubles }) => troubles(item) || null,
}

/** `null` is the order of the listing. */
export function sortItems(
  items: readonly PageItem[],
  order: Order | null,
  context: OrderContext,
): readonly PageItem[] {
  if (order === null) return items
  const turn = order.descending ? -1 : 1
  return items
    .map((item) => ({ item, key: keys[order.column](item, context) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
      return turn * compare(a.key, b.key)
    })
    .map(({ item }) => item)
}

/** What a press on a column's head asks for: up, down, then the order of the listing again. */
export function nextOrder(order: Order | null, column: SortColumn): Order | null {
  if (order?.column !== column) return { column, descending: false }
  return order.descending ? null : { column, descending: true }
}

const collator = new Intl.Collator('en', { numeric: true })

function compare(a: NonNullable<Key>, b: NonNullable<Key>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}
