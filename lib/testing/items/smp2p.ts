// SPDX-License-Identifier: MIT
// SMP2P items: up to sixteen named words that one processor shows to another, in the layout that the decoder has.
// Source: Linux drivers/soc/qcom/smp2p.c.

import { SMP2P_ENTRIES, SMP2P_MAGIC, Smp2pEntry, Smp2pHeader, SSR_ACK } from '../../items/smp2p.js'
import { smp2pItemId } from '../../items/smp2p-edges.js'

/**
 * What one processor shows to another.
 * @see {@link smp2pItem}
 */
export interface Smp2pDescription {
  /** SMEM host ids of the writer and of the reader. */
  readonly from: number
  readonly to: number
  /** Entries in the order of their creation. */
  readonly entries: Readonly<Record<string, number>>
  /** 1 by default; 0 is an item that readers ignore. */
  readonly version?: 0 | 1 | 2
  /** Bit 0: restarts are acknowledged, as all who set it know how to. */
  readonly features?: number
  /** Bit 0: the writer has restarted; bit 1: it has seen a restart of the reader. */
  readonly flags?: number
}

/**
 * The item by which `from` shows its entries to `to`: id and bytes.
 * @example
 * ```ts
 * import { Host } from 'qcom-smem'
 * import { smp2pItem } from 'qcom-smem/testing'
 *
 * const entries = { 'slave-kernel': 6 }
 * const { id, data } = smp2pItem({ from: Host.MODEM, to: Host.APPS, entries })
 * console.log(id, data.length) // 435 340
 * ```
 */
export function smp2pItem(description: Smp2pDescription): { id: number; data: Uint8Array } {
  const { from, to, entries, version = 1, features = SSR_ACK, flags = 0 } = description
  const named = Object.entries(entries)
  const data = new Uint8Array(Smp2pHeader.size + SMP2P_ENTRIES * Smp2pEntry.size)
  const view = new DataView(data.buffer)
  Smp2pHeader.assign(view, 0, {
    magic: SMP2P_MAGIC,
    version,
    features,
    localHost: from,
    remoteHost: to,
    totalEntries: SMP2P_ENTRIES,
    validEntries: named.length,
    flags,
  })
  named.forEach(([name, value], i) => {
    Smp2pEntry.write(view, Smp2pHeader.size + i * Smp2pEntry.size, { name, value })
  })
  return { id: smp2pItemId({ from, to }), data }
}
