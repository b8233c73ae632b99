// SPDX-License-Identifier: MIT
// Who writes an SMP2P item and who reads it: every writing host has a run of eight ids, one for each reader;
// edges with hosts above 7 have two ids for all, told apart by the partition. Source: downstream smp2p_private.h
// and smem.h; the pair of ids from the mainline device trees of the chips that have such hosts.

import { Host } from '../data/hosts.js'
import { ItemId } from '../data/item-names.js'

/** SMEM host ids. */
export interface Smp2pEdge {
  readonly from: number
  readonly to: number
}

const READERS = 8

/** First item of each writing host; the reader's host id is added. */
const firstItem: ReadonlyMap<number, number> = new Map([
  [Host.APPS, ItemId.SMP2P_APPS_BASE],
  [Host.MODEM, ItemId.SMP2P_MODEM_BASE],
  [Host.ADSP, ItemId.SMP2P_ADSP_BASE],
  [Host.SSC, ItemId.SMP2P_SSC_BASE],
  [Host.WCN, ItemId.SMP2P_WCN_BASE],
  [Host.CDSP, ItemId.SMP2P_CDSP_BASE],
  [Host.RPM, ItemId.SMP2P_RPM_BASE],
  [Host.TZ, ItemId.SMP2P_TZ_BASE],
])

/** Ids that old kernels use for screens and sleep, and a word of theirs may be zero. */
export const isOldDisplayItem = (id: number) =>
  id >= ItemId.SMP2P_CDSP_BASE && id < ItemId.SMP2P_CDSP_BASE + READERS

/** Ids that boot loaders of routers use for flash parameters: single words, or a record with a magic. */
const routerItems: readonly number[] = [427, 428, 481, 482, 483, 484]

/** Whether something else than SMP2P may be in the item. */
export const isAmbiguous = (id: number) => isOldDisplayItem(id) || routerItems.includes(id)

/** Every id that SMP2P uses. */
export const smp2pItems: readonly number[] = [
  ...[...firstItem.values()].flatMap((first) =>
    Array.from({ length: READERS }, (_, i) => first + i),
  ),
  ItemId.SMP2P_GENERIC_OUT,
  ItemId.SMP2P_GENERIC_IN,
]

/** The item by which `from` shows its entries to `to`. */
export function smp2pItemId({ from, to }: Smp2pEdge): number {
  const first = firstItem.get(from)
  if (first !== undefined && to < READERS) return first + to
  return from === Host.APPS ? ItemId.SMP2P_GENERIC_OUT : ItemId.SMP2P_GENERIC_IN
}

/** Who writes and who reads by the id alone; null for the two ids that say only in which direction. */
export function smp2pEdgeOf(id: number): Smp2pEdge | null {
  for (const [from, first] of firstItem) {
    if (id >= first && id < first + READERS) return { from, to: id - first }
  }
  return null
}

/** The item of the same edge in the other direction. */
export function smp2pReplyOf(id: number): number {
  const edge = smp2pEdgeOf(id)
  if (edge !== null) return smp2pItemId({ from: edge.to, to: edge.from })
  return id === ItemId.SMP2P_GENERIC_OUT ? ItemId.SMP2P_GENERIC_IN : ItemId.SMP2P_GENERIC_OUT
}
