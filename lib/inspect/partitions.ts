// SPDX-License-Identifier: MIT
// The partition table as data.

import { hexAddress } from '../errors.js'
import type { Heap, PartitionState } from '../heap/heap.js'
import { isGlobal } from '../heap/partition-table.js'

export interface PartitionsReport {
  readonly schema: 'qcom-smem/partitions@1'
  readonly partitions: readonly ListedPartition[]
}

export interface ListedPartition {
  /** Position in the table. */
  readonly index: number
  readonly offset: number
  readonly size: number
  readonly address: string
  readonly host0: number
  readonly host1: number
  readonly global: boolean
  readonly cacheline: number
  readonly flags: number
  readonly freeUncached: number | null
  readonly freeCached: number | null
  readonly free: number | null
  /** Of the header. */
  readonly error: { readonly code: string; readonly message: string } | null
}

/** What it takes of a heap. */
interface PartitionedHeap extends Pick<Heap, 'regions'> {
  partitions(): readonly PartitionState[]
}

export function partitionsReport(heap: PartitionedHeap): PartitionsReport {
  const { base } = heap.regions[0].port
  return {
    schema: 'qcom-smem/partitions@1',
    partitions: heap.partitions().map((state) => listed(state, base)),
  }
}

function listed({ entry, header, error, free }: PartitionState, base: number): ListedPartition {
  const { index, offset, size, host0, host1, cacheline, flags } = entry
  return {
    index,
    offset,
    size,
    address: hexAddress(base + offset),
    host0,
    host1,
    global: isGlobal(entry),
    cacheline,
    flags,
    freeUncached: header?.freeUncached ?? null,
    freeCached: header?.freeCached ?? null,
    free,
    error: error === null ? null : { code: error.code, message: error.message },
  }
}
