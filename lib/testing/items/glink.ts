// SPDX-License-Identifier: MIT
// GLINK over SMEM: a descriptor of four indices (item 478), a FIFO from apps to the remote (479) and one back
// (480), in the private partition of the two. Source: Linux drivers/rpmsg/qcom_glink_smem.c, qcom_glink_native.c.

import { GLINK_ALIGN, GlinkDescriptor } from '../../items/glink-descriptor.js'
import { GlinkCommand, GlinkMessage } from '../../items/glink-messages.js'
import type { PartitionItemDescription } from '../description.js'
import { bytesOf } from './bytes.js'

/** What both sides say first: version 1 with `features`. */
export function glinkVersion(features: number): Uint8Array {
  return message(GlinkCommand.VERSION, 1, features)
}

/** Opens channel `id`. */
export function glinkOpen(id: number, name: string): Uint8Array {
  return message(GlinkCommand.OPEN, id, name.length + 1, `${name}\0`)
}

function message(code: number, param1: number, param2: number, payload = ''): Uint8Array {
  const size = GlinkMessage.size + payload.length
  const bytes = new Uint8Array(Math.ceil(size / GLINK_ALIGN) * GLINK_ALIGN)
  GlinkMessage.write(new DataView(bytes.buffer), 0, { command: code, param1, param2 })
  bytes.set(Buffer.from(payload, 'latin1'), GlinkMessage.size)
  return bytes
}

export interface GlinkTraffic {
  /** Messages from apps, which the remote has read. */
  readonly sent: readonly Uint8Array[]
  /** Messages from the remote, which apps has read. */
  readonly received: readonly Uint8Array[]
  /** Further messages from the remote, still unread. */
  readonly pending?: readonly Uint8Array[]
  /** Bytes of the remote's FIFO, any multiple of 8; apps' own has 16 KiB, as Linux allocates it. */
  readonly remoteFifo: number
}

const APPS_FIFO = 0x4000

/** Items 478, 479 and 480 of one edge. */
export function glinkItems(traffic: GlinkTraffic): PartitionItemDescription[] {
  const { sent, received, pending = [], remoteFifo } = traffic
  const tx = Buffer.concat(sent)
  const read = Buffer.concat(received)
  const rx = Buffer.concat([read, ...pending])
  const indices = {
    tx: { tail: tx.length, head: tx.length },
    rx: { tail: read.length, head: rx.length },
  }
  return [
    { id: 478, data: bytesOf(GlinkDescriptor, indices) },
    { id: 479, data: tx, size: APPS_FIFO },
    { id: 480, data: rx, size: remoteFifo },
  ]
}
