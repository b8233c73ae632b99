// SPDX-License-Identifier: MIT
// The table of items: searched, filtered, and sorted by any column. Of long tables only the rows in sight are drawn;
// on paper all of them are, each item with its content behind the table.

import { useMemo, useState } from 'preact/hooks'
import { useStore } from '../store.js'
import { FilterBar } from './filter-bar.js'
import { filterItems, hasError } from './filters.js'
import { findingsByItem } from './findings.js'
import { ItemRows } from './item-rows.js'
import './items.css'
import { type Order, sortItems } from './order.js'
import { PrintedItems } from './printed-items.js'

export function ItemTable() {
  const page = useStore((state) => state.page)
  const filters = useStore((state) => state.filters)
  const selected = useStore((state) => state.selected)
  const [order, setOrder] = useState<Order | null>(null)
  const printing = useStore((state) => state.printing)
  const { hosts, items } = page
  const findings = useMemo(() => findingsByItem(page), [page])
  const found = useMemo(
    () => filterItems(items, filters, { hosts, hasFindings: ({ key }) => findings.has(key) }),
    [items, filters, hosts, findings],
  )
  const sorted = useMemo(() => {
    const troubles = (item: (typeof items)[number]) =>
      Number(hasError(item)) + (findings.get(item.key)?.length ?? 0)
    return sortItems(found, order, { hosts, troubles })
  }, [found, order, hosts, findings])
  return (
    <>
      <FilterBar page={page} filters={filters} shown={found} />
      <ItemRows
        items={sorted}
        hosts={hosts}
        findings={findings}
        selected={selected}
        order={order}
        onOrder={setOrder}
        whole={printing}
      />
      {page.omitted > 0 && (
        <p class="items-omitted">
          {page.omitted} more items are not shown: there are too many for a page.
        </p>
      )}
      {printing && <PrintedItems page={page} items={sorted} findings={findings} />}
    </>
  )
}
