// SPDX-License-Identifier: MIT
// The items of all heaps, with the words that told of them: what is listed is at least as new as those.

import type { SmemError } from '../../errors.js'
import { Heap, type HeapOptions } from '../../heap/heap.js'
import type { BrokenPlace, HeapItem, ItemPlace } from '../../heap/item.js'
import type { Regions } from '../../heap/region.js'
import { SampleImage } from './image.js'
import { Structure } from './structure.js'

/** What is watched: regions, and whose partitions of them are seen. */
export interface View {
  readonly regions: Regions
  readonly view: HeapOptions
}

/** What cannot be read: a heap, or an item of it. */
export interface Trouble {
  readonly id: number | null
  readonly host: number | null
  readonly error: SmemError
}

export interface Listing {
  readonly heap: Heap
  readonly structure: Structure
  /** The words of the structure before the items were listed. */
  readonly frame: SampleImage
  readonly items: readonly ItemPlace[]
  readonly troubles: readonly Trouble[]
}

/**
 * @param known of an earlier listing; null to open the heap anew
 * @throws SmemError as `Heap`
 */
export function listItems(
  { regions, view }: View,
  known: { readonly heap: Heap; readonly structure: Structure } | null,
): Listing {
  const structure = known?.structure ?? new Structure(new Heap(regions, view))
  const frame = new SampleImage(structure.spans)
  const [error] = frame.read()
  if (error !== undefined) throw error
  regions[0].port.fence('load')
  const heap = known?.heap ?? new Heap(regions, view)
  const items = heap.items()
  return {
    heap,
    structure,
    frame,
    items: items.filter(isWhole),
    troubles: items.filter(isBroken),
  }
}

function isWhole(item: HeapItem): item is ItemPlace {
  return item.error === null
}

function isBroken(item: HeapItem): item is BrokenPlace {
  return item.error !== null
}
