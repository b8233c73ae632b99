// SPDX-License-Identifier: MIT
// SMD, the channels of the version-11 generation: an allocation table (item 13), and for each channel an info
// item (14 + cid) and a pair of FIFOs (338 + cid). Source: Linux drivers/rpmsg/qcom_smd.c.

import { reserved, text, u8, u32 } from '../../layout/scalar.js'
import { type Of, struct } from '../../layout/struct.js'

const CHANNELS = 64

const Channel = struct('smd channel', { name: text(20), cid: u32, flags: u32, refCount: u32 })

/** Bits 7:0 of flags are the edge; one of these says how data is cut. */
const transfer = { stream: 0x100, packet: 0x200 } as const

export const SmdEdge = { APPS_MODEM: 0, APPS_WCNSS: 6, APPS_RPM: 15 } as const

export interface SmdChannel {
  /** Below 64; the item ids follow from it. */
  readonly cid: number
  readonly name: string
  readonly edge: number
  readonly transfer: keyof typeof transfer
}

/** The bytes of item 13. */
export function smdAllocationTable(channels: readonly SmdChannel[]): Uint8Array {
  const bytes = new Uint8Array(CHANNELS * Channel.size)
  const view = new DataView(bytes.buffer)
  for (const { cid, name, edge, transfer: mode } of channels) {
    const flags = transfer[mode] | edge
    Channel.write(view, cid * Channel.size, { name, cid, flags, refCount: 1 })
  }
  return bytes
}

/** One side where memory takes bytes. */
const ByteSide = struct('smd channel side', {
  state: u32,
  dsr: u8,
  cts: u8,
  cd: u8,
  ri: u8,
  newHead: u8,
  newTail: u8,
  newState: u8,
  blockReadIntr: u8,
  tail: u32,
  head: u32,
})

/** One side where memory takes words only, as RPM message RAM does. */
const WordSide = struct('smd channel side, words', {
  state: u32,
  dsr: u32,
  cts: u32,
  cd: u32,
  ri: u32,
  newHead: u32,
  newTail: u32,
  newState: u32,
  blockReadIntr: u32,
  tail: u32,
  head: u32,
})

const sides = { byte: ByteSide, word: WordSide } as const

export const SmdState = { CLOSED: 0, OPENING: 1, OPENED: 2, FLUSHING: 3, CLOSING: 4 } as const

export type SmdSide = Partial<Of<typeof ByteSide>>

/** The bytes of item 14 + cid: apps to remote, then remote to apps. */
export function smdChannelInfo(
  width: keyof typeof sides,
  appsSide: SmdSide,
  remoteSide: SmdSide,
): Uint8Array {
  const layout = sides[width]
  const bytes = new Uint8Array(layout.size * 2)
  const view = new DataView(bytes.buffer)
  layout.assign(view, 0, appsSide)
  layout.assign(view, layout.size, remoteSide)
  return bytes
}

const PacketHeader = struct('smd packet', { length: u32, unused: reserved(16) })

/** One packet as it lies in a FIFO. */
export function smdPacket(payload: string): Uint8Array {
  const data = Buffer.from(payload, 'latin1')
  const bytes = new Uint8Array(PacketHeader.size + data.length)
  PacketHeader.assign(new DataView(bytes.buffer), 0, { length: data.length })
  bytes.set(data, PacketHeader.size)
  return bytes
}

/** The bytes of item 338 + cid: two halves of `half` bytes, a power of two, each from its start. */
export function smdFifo(half: number, fromApps: Uint8Array, toApps: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(half * 2)
  bytes.set(fromApps)
  bytes.set(toApps, half)
  return bytes
}
