// SPDX-License-Identifier: MIT
// A summary of one source as data. It also speaks of SMEM that no driver would accept: what is not known
// is null, and `problem` says why.

import type { SnapshotNote } from '../dump/note.js'
import { hexAddress, SmemError } from '../errors.js'
import { heapVersion, isInitialized, readHeader, type SmemHeader } from '../heap/header.js'
import type { Heap } from '../heap/heap.js'
import type { SmemOptions } from '../smem.js'
import { openHeap } from '../smem.js'
import type { Source } from '../source/source.js'

export interface InfoReport {
  readonly schema: 'qcom-smem/info@1'
  readonly source: string
  readonly base: string
  readonly size: number
  readonly initialized: boolean | null
  readonly version: { readonly raw: string; readonly major: number; readonly minor: number } | null
  readonly itemCount: number | null
  readonly freeSpace: number | null
  readonly regions: readonly {
    readonly base: string
    readonly size: number
    readonly kind: 'main' | 'aux'
  }[]
  readonly partitions: number | null
  readonly items: number | null
  readonly hwlock: {
    readonly family: string
    readonly bank: string
    readonly index: number
    readonly owner: number | null
  } | null
  readonly board: {
    readonly model: string | null
    readonly compatible: readonly string[]
    readonly soc: string | null
  } | null
  /** Of a snapshot. */
  readonly captured: Pick<
    SnapshotNote,
    'tool' | 'time' | 'host' | 'kernel' | 'source' | 'torn'
  > | null
}

export interface Info {
  readonly report: InfoReport
  /** Why the heap cannot be used, where it cannot. */
  readonly problem: SmemError | null
}

export function describeSource(source: Source, options: SmemOptions = {}): Info {
  const [main] = source.regions
  const header = attempt(() => readHeader(main.port)).value
  const { value: heap, error: problem } = attempt(() => openHeap(source, options))
  return {
    report: {
      schema: 'qcom-smem/info@1',
      source: source.name,
      base: hexAddress(main.port.base),
      size: main.port.size,
      initialized: header === null ? null : isInitialized(header),
      version: header === null ? null : versionOf(header),
      ...heapFacts(heap),
      regions: source.regions.map(({ kind, port }) => ({
        base: hexAddress(port.base),
        size: port.size,
        kind,
      })),
      hwlock: hwlockOf(source),
      board: boardOf(source),
      captured: capturedBy(source),
    },
    problem,
  }
}

function heapFacts(heap: Heap | null) {
  if (heap === null) return { itemCount: null, freeSpace: null, partitions: null, items: null }
  return {
    itemCount: heap.itemCount,
    freeSpace: attempt(() => heap.freeSpace()).value,
    partitions: heap.table?.entries.length ?? 0,
    items: heap.items().length,
  }
}

function versionOf(header: SmemHeader): InfoReport['version'] {
  const { raw, major, minor } = heapVersion(header)
  return { raw: hexAddress(raw), major, minor }
}

function hwlockOf(source: Source): InfoReport['hwlock'] {
  const known = source.live || source.captured !== null
  const hwlock = known ? (source.board?.hwlock ?? null) : null
  if (hwlock === null) return null
  const { family, bank, index } = hwlock
  return { family, bank: hexAddress(bank.base), index, owner: source.hwlockOwner() }
}

/** What is told of a board everywhere. */
export function boardOf({ board }: Pick<Source, 'board'>): InfoReport['board'] {
  if (board === null) return null
  const { model, compatible, soc } = board
  return { model, compatible, soc }
}

function capturedBy({ captured }: Source): InfoReport['captured'] {
  if (captured === null) return null
  const { tool, time, host, kernel, source, torn } = captured
  return { tool, time, host, kernel, source, torn }
}

/** The value, or the SmemError in its place. */
function attempt<T>(get: () => T): { value: T; error: null } | { value: null; error: SmemError } {
  try {
    return { value: get(), error: null }
  } catch (error) {
    if (error instanceof SmemError) return { value: null, error }
    throw error
  }
}
