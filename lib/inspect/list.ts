// SPDX-License-Identifier: MIT
// A listing as data: what `list --json` prints, and what everything that shows items starts from.

import { hexAddress } from '../errors.js'
import type { Heap } from '../heap/heap.js'
import { isGlobal, remoteHost } from '../heap/partition-table.js'
import type { BrokenItem, Item } from '../item.js'

export interface ListedItem {
  readonly id: number | null
  readonly name: string | null
  readonly host: number | null
  readonly heap: 'toc' | 'partition'
  readonly cached: boolean | null
  readonly region: string | null
  readonly offset: number | null
  readonly address: string | null
  readonly size: number | null
  readonly error: { readonly code: string; readonly message: string } | null
}

export interface ListReport {
  readonly schema: 'qcom-smem/list@1'
  readonly items: readonly ListedItem[]
}

export function listReport(items: readonly (Item | BrokenItem)[]): ListReport {
  return { schema: 'qcom-smem/list@1', items: items.map(listedItem) }
}

/** Whether there is a private partition for `host`, with or without items; without one the global heap serves it. */
export function hasPartition({ table, options: { localHost = 0 } }: Heap, host: number): boolean {
  const entries = table?.entries ?? []
  return entries.some((entry) => !isGlobal(entry) && remoteHost(entry, localHost) === host)
}

export function listedItem(item: Item | BrokenItem): ListedItem {
  const { id, name, host, heap, cached, region, offset, address, size, error } = item
  return {
    id,
    name,
    host,
    heap,
    cached,
    region: region === null ? null : hexAddress(region),
    offset,
    address: address === null ? null : hexAddress(address),
    size,
    error: error === null ? null : { code: error.code, message: error.message },
  }
}
