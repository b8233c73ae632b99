// SPDX-License-Identifier: MIT
// The heaps of a round when it is over, each as the second reader (test/property/reader.ts) sees it, with all that
// is known about it from those who were there.

import { copyOut } from '#lib/port/copy.js'
import { type ListedItem, type ListedPartition, read } from '../property/reader.js'
import type { Event } from './event.js'
import type { Round } from './round.js'

export interface HeapState {
  /** Remote host; null for the global heap. */
  readonly host: number | null
  /** null for a table of contents. */
  readonly partition: ListedPartition | null
  readonly items: readonly ListedItem[]
  /** Requests that were granted, and that were not. */
  readonly granted: readonly Event[]
  readonly refused: readonly Event[]
  /** Words of the heap info before and after: free offset, available. */
  readonly heapInfo: readonly [before: readonly [number, number], after: readonly [number, number]]
}

export interface Outcome {
  readonly heaps: readonly HeapState[]
  /** As `list` would print them. */
  readonly items: readonly ListedItem[]
}

export function outcomeOf({ soc, events, heapInfo: before }: Round): Outcome {
  const { port } = soc.regions[0]
  const bytes = new Uint8Array(port.size)
  copyOut(port, 0, bytes)
  const reading = read({ bytes, base: port.base, aux: [], localHost: 0 })
  if (reading.exit !== 0) throw new Error(`the heap cannot be read any more: ${reading.code}`)
  const heapInfo = [before, [port.read32(0xc4), port.read32(0xc8)]] as const
  const hosts = [null, ...reading.partitions.filter((p) => !p.global).map(({ host1 }) => host1)]
  const heaps = hosts.map((host): HeapState => {
    const own = events.filter((event) => event.host === host)
    const isOwn = (p: ListedPartition) => (host === null ? p.global : p.host1 === host)
    return {
      host,
      partition: reading.partitions.find(isOwn) ?? null,
      items: reading.items.filter((item) => item.host === host),
      granted: own.filter(({ code }) => code === null),
      refused: own.filter(({ code }) => code !== null),
      heapInfo,
    }
  })
  return { heaps, items: reading.items }
}

/** Bytes that an item takes of its heap, with header and padding. */
export function bytesOf({ partition }: HeapState, size: number, cached: boolean): number {
  if (partition === null) return roundUp(size, 8)
  return cached
    ? roundUp(16, partition.cacheline) + roundUp(size, partition.cacheline)
    : 16 + roundUp(size, 8)
}

/** Bytes that are left. */
export function freeOf({ partition, heapInfo }: HeapState): number {
  return partition === null ? heapInfo[1][1] : partition.freeCached! - partition.freeUncached!
}

export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit
}
