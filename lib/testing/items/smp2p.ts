// SPDX-License-Identifier: MIT
// SMP2P: up to sixteen named words that one processor shows to another. The item's id says who writes and who
// reads. Source: Linux drivers/soc/qcom/smp2p.c.

import { text, u8, u16, u32 } from '../../layout/scalar.js'
import { struct } from '../../layout/struct.js'

const MAGIC = 0x504d5324
const ENTRIES = 16
/** Set by both sides that know how to acknowledge a restart. */
const SSR_ACK = 1

/** Version and the 24 feature bits share a word: written last, it makes the item valid. */
const Header = struct('smp2p item', {
  magic: u32,
  version: u8,
  features: u8,
  featuresHigh: u16,
  localHost: u16,
  remoteHost: u16,
  totalEntries: u16,
  validEntries: u16,
  flags: u32,
})

const Entry = struct('smp2p entry', { name: text(16), value: u32 })

/** First item id of each writing host; the reader's host id is added. Newer edges have no range. */
const firstItem: Partial<Record<number, number>> = {
  0: 427,
  1: 435,
  2: 443,
  3: 481,
  4: 451,
  5: 94,
  6: 459,
  7: 489,
}

/** From apps and to apps on edges with hosts above 7, in the partition of the two. */
const GENERIC_OUT = 616
const GENERIC_IN = 617

export interface Smp2pDescription {
  /** SMEM host ids of the writer and of the reader. */
  readonly from: number
  readonly to: number
  /** Entries in the order of their creation. */
  readonly entries: Readonly<Record<string, number>>
}

/** The item by which `from` shows its entries to `to`: id and bytes. */
export function smp2pItem({ from, to, entries }: Smp2pDescription): {
  id: number
  data: Uint8Array
} {
  const named = Object.entries(entries)
  const data = new Uint8Array(Header.size + ENTRIES * Entry.size)
  const view = new DataView(data.buffer)
  Header.assign(view, 0, {
    magic: MAGIC,
    version: 1,
    features: SSR_ACK,
    localHost: from,
    remoteHost: to,
    totalEntries: ENTRIES,
    validEntries: named.length,
  })
  named.forEach(([name, value], i) => {
    Entry.write(view, Header.size + i * Entry.size, { name, value })
  })
  return { id: smp2pId(from, to), data }
}

function smp2pId(from: number, to: number): number {
  const first = firstItem[from]
  if (first !== undefined && to < 8) return first + to
  return from === 0 ? GENERIC_OUT : GENERIC_IN
}
