// SPDX-License-Identifier: MIT
// What can be said of a heap as such, to compare it with another: its version, how many ids it has, the room that is
// left, the sizes of its regions, and the partitions by their place in the table.

import { SmemError } from '../errors.js'
import type { Heap, PartitionState } from '../heap/heap.js'
import type { Decoded } from '../items/decoder.js'
import { changedFields, type FieldChange } from '../items/flatten.js'
import { openHeap, type SmemOptions } from '../smem.js'
import type { Source } from '../source/source.js'

type View = Pick<SmemOptions, 'localHost'>

/** What differs between the heaps of two sources: `freeSpace`, `partitions[2].free`. */
export function heapChanges(a: Source, b: Source, view: View): FieldChange[] {
  const before = openHeap(a, view)
  const after = openHeap(b, view)
  const [was, is] = [before.partitions(), after.partitions()]
  // A header that one of the two must not read tells nothing about the other's.
  const unseen = new Set([...was, ...is].filter(isUnseen).map(({ entry }) => entry.index))
  return changedFields(heapFacts(before, was, unseen), heapFacts(after, is, unseen))
}

function heapFacts(heap: Heap, states: readonly PartitionState[], unseen: Set<number>): Decoded {
  const { version, itemCount, regions } = heap
  const partitions: Decoded[] = []
  for (const state of states) partitions[state.entry.index] = partitionFacts(state, unseen)
  return {
    version: `${version.major}.${version.minor}`,
    itemCount,
    freeSpace: freeSpace(heap),
    regions: regions.map(({ kind, port }) => ({ kind, size: port.size })),
    // Unused entries of the table have no facts.
    partitions: Array.from(partitions, (facts) => facts ?? null),
  }
}

function partitionFacts({ entry, header, error, free }: PartitionState, unseen: Set<number>) {
  const { index, host0, host1, offset, size, cacheline, flags } = entry
  const table = { host0, host1, offset, size, cacheline, flags }
  if (unseen.has(index)) return table
  const { freeUncached = null, freeCached = null } = header ?? {}
  return { ...table, freeUncached, freeCached, free, error: error?.code ?? null }
}

function isUnseen({ header, error }: PartitionState): boolean {
  return header === null && error === null
}

function freeSpace(heap: Heap): number | null {
  try {
    return heap.freeSpace()
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  }
}
