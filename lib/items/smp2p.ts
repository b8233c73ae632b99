// SPDX-License-Identifier: MIT
// SMP2P: up to sixteen named words that one processor shows to another; the other answers in an item of its own.
// Versions 1 and 2 have one layout. Source: Linux drivers/soc/qcom/smp2p.c; downstream smp2p_private.h.

import { hostName } from '../data/hosts.js'
import { type Field, text, u8, u16, u32 } from '../layout/scalar.js'
import { type Of, struct } from '../layout/struct.js'
import { bitNames, setBits } from './bits.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import {
  isAmbiguous,
  isOldDisplayItem,
  smp2pEdgeOf,
  smp2pItems,
  smp2pReplyOf,
} from './smp2p-edges.js'

export const SMP2P_MAGIC = '$SMP'
/** Slots of an item. */
export const SMP2P_ENTRIES = 16
const NEWEST_VERSION = 2

const u24: Field<number> = {
  size: 3,
  read: (view, at) => u16.read(view, at) + u8.read(view, at + 2) * 0x10000,
  write: (view, at, value) => {
    u16.write(view, at, value & 0xffff)
    u8.write(view, at + 2, value >>> 16)
  },
}

/** Version and features share a word: written last, it makes the item valid. */
export const Smp2pHeader = struct('smp2p header', {
  magic: text(4),
  version: u8,
  features: u24,
  /** SMEM host ids: of the writer, and of the reader. */
  localHost: u16,
  remoteHost: u16,
  totalEntries: u16,
  validEntries: u16,
  flags: u32,
})
type Smp2pHeader = Of<typeof Smp2pHeader>

export const Smp2pEntry = struct('smp2p entry', { name: text(16), value: u32 })

/** The writer knows how to acknowledge a restart of the reader. */
export const SSR_ACK = 1 << 0
/** Toggled by the writer with each of its restarts; the reader answers with the other one, in its own item. */
export const RESTART_DONE = 1 << 0
export const RESTART_ACK = 1 << 1

const features = { 0: 'SSR_ACK' }
const flags = { 0: 'RESTART_DONE', 1: 'RESTART_ACK' }

/** A reader ignores an item until its version is there. */
const isValid = ({ magic, version }: Smp2pHeader) => magic === SMP2P_MAGIC && version !== 0

export const smp2p = {
  name: 'smp2p',
  items: smp2pItems,
  summary: 'named words that one processor shows to another, and how far both are with restarts',
  layout: 'versions 1 and 2; version 0 is not yet valid',
  source: 'Linux drivers/soc/qcom/smp2p.c',
  accepts: (item) => {
    if (!isAmbiguous(item.id)) return true
    const header = item.peek(Smp2pHeader, 0)
    return header !== null && (header.magic === SMP2P_MAGIC || mayBeUnwritten(item))
  },
  decode(item) {
    const header = item.read('', Smp2pHeader, 0)
    if (header.magic !== SMP2P_MAGIC && item.peek(u32, 0) !== 0) {
      throw item.refuse(`starts with ${JSON.stringify(header.magic)}, not with ${SMP2P_MAGIC}`)
    }
    const valid = isValid(header)
    if (valid) tellOddities(item, header)
    return {
      ...header,
      valid,
      featuresBits: bitNames(header.features, features),
      localHostName: hostName(header.localHost),
      remoteHostName: hostName(header.remoteHost),
      flagsBits: bitNames(header.flags, flags),
      handshake: handshakeOf(item, header),
      entries: valid ? entriesOf(item, header) : [],
    }
  },
} satisfies Decoder

/** The writer allocates the item, and fills it afterwards. */
function mayBeUnwritten(item: Dissection): boolean {
  return !isOldDisplayItem(item.id) && item.peek(u32, 0) === 0
}

function tellOddities(item: Dissection, { version, localHost, remoteHost }: Smp2pHeader): void {
  if (version > NEWEST_VERSION) {
    item.note(`version ${version} is newer than ${NEWEST_VERSION}; decoded as that`)
  }
  const edge = smp2pEdgeOf(item.id)
  if (edge === null || (edge.from === localHost && edge.to === remoteHost)) return
  item.note(
    `is written by host ${edge.from} for host ${edge.to} by its id, and by host ${localHost} for host ${remoteHost} by its header`,
  )
}

function entriesOf(item: Dissection, { totalEntries, validEntries }: Smp2pHeader) {
  const room = Math.floor((item.size - Smp2pHeader.size) / Smp2pEntry.size)
  const count = Math.min(validEntries, totalEntries, room, SMP2P_ENTRIES)
  if (count < validEntries) {
    const there = `${totalEntries} slots, and the item has room for ${room}`
    item.note(`says ${validEntries} entries are valid of ${there}; ${count} are read`)
  }
  return Array.from({ length: count }, (_, i) => {
    const at = Smp2pHeader.size + i * Smp2pEntry.size
    const entry = item.read(`entries[${i}]`, Smp2pEntry, at)
    return { ...entry, valueBits: setBits(entry.value) }
  })
}

/** How far the two are: whether they agree on a version, and whether a restart of the writer was acknowledged. */
function handshakeOf(item: Dissection, header: Smp2pHeader): string {
  if (!isValid(header)) return 'not yet valid: the writer has not set the version'
  const writer = processor(header.localHost)
  const reader = processor(header.remoteHost)
  const id = smp2pReplyOf(item.id)
  const reply = item.sibling(id)?.peek(Smp2pHeader, 0) ?? null
  if (reply === null) return `${reader} has no item ${id} to answer with`
  if (!isValid(reply)) return `item ${id} of ${reader} is not yet valid`
  if (reply.version !== header.version) {
    return `no agreement: ${writer} has version ${header.version}, ${reader} version ${reply.version}`
  }
  if ((header.features & reply.features & SSR_ACK) === 0) {
    return 'agreed; restarts are not acknowledged'
  }
  const done = (header.flags & RESTART_DONE) !== 0
  const acknowledged = (reply.flags & RESTART_ACK) !== 0
  return done === acknowledged
    ? `agreed; no restart of ${writer} waits for ${reader}`
    : `agreed; ${reader} has not acknowledged the restart of ${writer}`
}

function processor(host: number): string {
  return hostName(host) ?? `host ${host}`
}
