// SPDX-License-Identifier: MIT
// The records by which a heap says what is where. A page needs them also where no driver would open the heap: what the
// partition table says then is told as it stands, and no partition is looked into.

import { SmemError } from '../../errors.js'
import type { Heap, PartitionState } from '../../heap/heap.js'
import { readPartitionTable } from '../../heap/partition-table.js'
import type { HeapInfo } from '../../layout/header.js'
import type { MemoryPort } from '../../port/port.js'
import { openHeap, type SmemOptions } from '../../smem.js'
import type { Source } from '../../source/source.js'

export interface PageRecords {
  /** 11 or 12; null where no driver would open the heap. */
  readonly version: number | null
  readonly heapInfo: HeapInfo | null
  /** There is a partition table that can be read. */
  readonly table: boolean
  readonly partitions: readonly PartitionState[]
}

export function pageRecords(source: Source, options: Pick<SmemOptions, 'localHost'>): PageRecords {
  const heap = known(() => openHeap(source, options))
  return heap === null ? ofTable(source.regions[0].port) : ofHeap(heap)
}

function ofHeap(heap: Heap): PageRecords {
  const { version, header, table } = heap
  return {
    version: version.major,
    heapInfo: header.heapInfo,
    table: table !== null,
    partitions: heap.partitions(),
  }
}

function ofTable(main: MemoryPort): PageRecords {
  const table = known(() => readPartitionTable(main))
  const unseen = { header: null, error: null, free: null }
  const partitions = table?.entries.map((entry) => ({ entry, ...unseen })) ?? []
  return { version: null, heapInfo: null, table: table !== null, partitions }
}

/** null where the memory does not give it. */
function known<T>(get: () => T): T | null {
  try {
    return get()
  } catch (error) {
    if (error instanceof SmemError && error.code !== 'EBADF') return null
    throw error
  }
}
