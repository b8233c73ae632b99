// SPDX-License-Identifier: MIT
// One allocation as its heap records it, readable or not.

import { SmemError } from '../errors.js'
import type { Region } from './region.js'

/**
 * Where an item lies.
 * @see {@link Smem.planAlloc}
 */
export interface ItemPlace {
  readonly id: number
  /** Remote host of the private partition; null on the global heap and in the global partition. */
  readonly host: number | null
  readonly heap: 'toc' | 'partition'
  readonly cached: boolean
  readonly region: Region
  /** Of the data, from the start of the region. */
  readonly offset: number
  /** In bytes: what the client asked for in a partition, rounded up to 8 in a TOC. */
  readonly size: number
  readonly error: null
}

/**
 * An item that cannot be read, or, with `id` null, a place where a walk broke off. What is still known
 * stays: `size` as stored, `offset` where it could be computed.
 */
export interface BrokenPlace {
  readonly id: number | null
  readonly host: number | null
  readonly heap: 'toc' | 'partition'
  readonly cached: boolean | null
  readonly region: Region | null
  readonly offset: number | null
  readonly size: number | null
  readonly error: SmemError
}

export type HeapItem = ItemPlace | BrokenPlace

/** The element that stands for everything that could not be walked. */
export function brokenWalk(
  host: number | null,
  heap: 'toc' | 'partition',
  cached: boolean | null,
  error: SmemError,
): BrokenPlace {
  return { id: null, host, heap, cached, region: null, offset: null, size: null, error }
}

/** @throws SmemError EINVAL unless the heap can have an item of this id */
export function checkId(id: number, itemCount: number, host?: number): void {
  if (Number.isInteger(id) && id >= 0 && id < itemCount) return
  throw new SmemError('EINVAL', `item ids are 0 to ${itemCount - 1} here, not ${id}`, {
    item: id,
    host,
  })
}

/** By id; equal ids keep the order in which they were found, and what has no id comes last. */
export function byId(a: HeapItem, b: HeapItem): number {
  return (a.id ?? Number.POSITIVE_INFINITY) - (b.id ?? Number.POSITIVE_INFINITY) || 0
}
