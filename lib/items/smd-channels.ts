// SPDX-License-Identifier: MIT
// Items 13 and 266: which SMD channels there are, between whom, and in which items their state and their FIFOs lie.
// A channel's id makes the ids of both. Source: Linux drivers/rpmsg/qcom_smd.c; downstream smd_private.h.

import { ItemId } from '../data/item-names.js'
import { smdEdgeEnds, smdEdgeName } from '../data/smd-edges.js'
import { text, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

export const SMD_CHANNELS = 64

export const SmdChannelEntry = struct('smd channel', {
  name: text(20),
  cid: u32,
  flags: u32,
  refCount: u32,
})

/** Bits 11:8 of an entry's flags; bits 7:0 are the edge. */
export const SmdTransfer = { stream: 1, packet: 2 } as const
export const TRANSFER_SHIFT = 8

/** A table of channels, and the first ids of what its channels consist of. */
interface SmdTable {
  readonly item: number
  readonly firstInfo: number
  readonly firstFifo: number
}

/** The second one came late: earlier its ids were those of block ports. */
const smdTables: readonly SmdTable[] = [
  {
    item: ItemId.CHANNEL_ALLOC_TBL,
    firstInfo: ItemId.SMD_BASE_ID,
    firstFifo: ItemId.SMD_FIFO_BASE_ID,
  },
  {
    item: ItemId.CHANNEL_ALLOC_TBL_2,
    firstInfo: ItemId.SMD_BASE_ID_2,
    firstFifo: ItemId.SMD_FIFO_BASE_ID_2,
  },
]

export const smdChannels = {
  name: 'smd-channels',
  items: smdTables.map(({ item }) => item),
  summary: 'the SMD channels: name, processors, and the items of each',
  layout: '64 entries of 32 bytes; item 266 only in that size',
  source: 'Linux drivers/rpmsg/qcom_smd.c; downstream include/soc/qcom/smd.h',
  accepts: isTable,
  decode(item) {
    const { firstInfo, firstFifo } = smdTables.find(({ item: id }) => id === item.id)!
    const slots = Math.floor(item.size / SmdChannelEntry.size)
    if (slots === 0) throw item.refuse(`${item.size} bytes hold no channel`)
    if (slots !== SMD_CHANNELS) {
      item.note(`has room for ${slots} channels, and a table has ${SMD_CHANNELS}`)
    }
    const channels = slotsInUse(item).map((slot, i) => {
      const entry = item.read(`channels[${i}]`, SmdChannelEntry, slot * SmdChannelEntry.size)
      const { edge, transfer } = meaningOf(entry.flags)
      const known = entry.cid < SMD_CHANNELS
      if (!known) item.note(`channel ${entry.cid} in slot ${slot} is above ${SMD_CHANNELS - 1}`)
      return {
        slot,
        ...entry,
        edge,
        edgeName: smdEdgeName(edge),
        transfer,
        transferName: transferNames.get(transfer) ?? null,
        infoItem: known ? firstInfo + entry.cid : null,
        fifoItem: known ? firstFifo + entry.cid : null,
      }
    })
    return { channels }
  },
} satisfies Decoder

const transferNames = new Map<number, string>(
  Object.entries(SmdTransfer).map(([name, type]) => [type, name]),
)

function isTable({ id, size }: Dissection): boolean {
  return id === ItemId.CHANNEL_ALLOC_TBL || size === SMD_CHANNELS * SmdChannelEntry.size
}

function slotsInUse(table: Dissection): number[] {
  const slots: number[] = []
  for (let slot = 0; slot < SMD_CHANNELS; slot++) {
    const entry = table.peek(SmdChannelEntry, slot * SmdChannelEntry.size)
    if (entry !== null && entry.refCount !== 0 && entry.name !== '') slots.push(slot)
  }
  return slots
}

function meaningOf(flags: number): { edge: number; transfer: number } {
  return { edge: flags & 0xff, transfer: (flags >>> TRANSFER_SHIFT) & 0xf }
}

/** The items that one channel consists of beside its entry in a table, as runs of ids. */
type Run = 'firstInfo' | 'firstFifo'

/** Every id of a run, in both tables. */
export function smdItemsOf(run: Run): number[] {
  return smdTables.flatMap((table) =>
    Array.from({ length: SMD_CHANNELS }, (_, i) => table[run] + i),
  )
}

function tableOf({ id }: Dissection, run: Run): SmdTable {
  return smdTables.find((table) => id >= table[run] && id < table[run] + SMD_CHANNELS)!
}

/** Ids of the second table mean something else where it is not there. */
export function belongsToChannel(item: Dissection, run: Run): boolean {
  const table = tableOf(item, run).item
  if (table === ItemId.CHANNEL_ALLOC_TBL) return true
  const entries = item.sibling(table)
  return entries !== null && isTable(entries)
}

/** What is known of the channel that an item belongs to; null where no table names it. */
export function smdChannelOf(item: Dissection, run: Run) {
  const table = tableOf(item, run)
  const cid = item.id - table[run]
  const entry = entryOf(item.sibling(table.item), cid)
  const flags = entry === null ? null : meaningOf(entry.flags)
  const ends = flags === null ? null : smdEdgeEnds(flags.edge)
  return {
    /** How every value of the channel begins. */
    named: {
      cid,
      channel: entry?.name ?? null,
      edge: flags?.edge ?? null,
      edgeName: flags === null ? null : smdEdgeName(flags.edge),
    },
    transfer: flags?.transfer ?? null,
    infoItem: table.firstInfo + cid,
    fifoItem: table.firstFifo + cid,
    /** Who writes the first side and reads the second, and the other way round. */
    directions: [
      { from: ends?.[0] ?? null, to: ends?.[1] ?? null },
      { from: ends?.[1] ?? null, to: ends?.[0] ?? null },
    ],
  }
}

function entryOf(table: Dissection | null, cid: number) {
  if (table === null) return null
  for (const slot of slotsInUse(table)) {
    const entry = table.peek(SmdChannelEntry, slot * SmdChannelEntry.size)!
    if (entry.cid === cid) return entry
  }
  return null
}
