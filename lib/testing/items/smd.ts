// SPDX-License-Identifier: MIT
// SMD, the channels of the version-11 generation: an allocation table (item 13), and for each channel an info
// item (14 + cid) and a pair of FIFOs (338 + cid). Source: Linux drivers/rpmsg/qcom_smd.c.

import { type SmdSide, smdSides } from '../../items/smd-channel-info.js'
import {
  SMD_CHANNELS,
  SmdChannelEntry,
  SmdTransfer,
  TRANSFER_SHIFT,
} from '../../items/smd-channels.js'
import { SmdPacketHeader } from '../../items/smd-fifo.js'

export { SmdState } from '../../items/smd-channel-info.js'

/** Of those in `data/smd-edges.ts`. */
export const SmdEdge = { APPS_MODEM: 0, APPS_WCNSS: 6, APPS_RPM: 15 } as const

export interface SmdChannel {
  /** Below 64; the item ids follow from it. */
  readonly cid: number
  readonly name: string
  readonly edge: number
  readonly transfer: keyof typeof SmdTransfer
}

/** The bytes of item 13. */
export function smdAllocationTable(channels: readonly SmdChannel[]): Uint8Array {
  const bytes = new Uint8Array(SMD_CHANNELS * SmdChannelEntry.size)
  const view = new DataView(bytes.buffer)
  for (const { cid, name, edge, transfer: mode } of channels) {
    const flags = (SmdTransfer[mode] << TRANSFER_SHIFT) | edge
    SmdChannelEntry.write(view, cid * SmdChannelEntry.size, { name, cid, flags, refCount: 1 })
  }
  return bytes
}

/** The bytes of item 14 + cid: apps to remote, then remote to apps. */
export function smdChannelInfo(
  width: keyof typeof smdSides,
  appsSide: Partial<SmdSide>,
  remoteSide: Partial<SmdSide>,
): Uint8Array {
  const layout = smdSides[width]
  const bytes = new Uint8Array(layout.size * 2)
  const view = new DataView(bytes.buffer)
  layout.assign(view, 0, appsSide)
  layout.assign(view, layout.size, remoteSide)
  return bytes
}

/** One packet as it lies in a FIFO. */
export function smdPacket(payload: string): Uint8Array {
  const data = Buffer.from(payload, 'latin1')
  const bytes = new Uint8Array(SmdPacketHeader.size + data.length)
  SmdPacketHeader.assign(new DataView(bytes.buffer), 0, { length: data.length })
  bytes.set(data, SmdPacketHeader.size)
  return bytes
}

/** The bytes of item 338 + cid: two halves of `half` bytes, a power of two, each from its start. */
export function smdFifo(half: number, fromApps: Uint8Array, toApps: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(half * 2)
  bytes.set(fromApps)
  bytes.set(toApps, half)
  return bytes
}
