// SPDX-License-Identifier: MIT
// Item 478: how far writer and reader of both FIFOs of a GLINK edge are. Seen from apps: "tx" is item 479, "rx" is
// item 480. Source: Linux drivers/rpmsg/qcom_glink_smem.c.

import { hostName } from '../data/hosts.js'
import { ItemId } from '../data/item-names.js'
import { reserved, u32 } from '../layout/scalar.js'
import { type Of, struct } from '../layout/struct.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

/** The writer moves the head, the reader the tail. */
const GlinkIndices = struct('glink indices', { tail: u32, head: u32 })
export type GlinkIndices = Of<typeof GlinkIndices>

export const GlinkDescriptor = struct('glink descriptor', {
  tx: GlinkIndices,
  rx: GlinkIndices,
  reserved: reserved(16),
})

export const glinkFifoItems = {
  tx: ItemId.GLINK_NATIVE_XPRT_FIFO_0,
  rx: ItemId.GLINK_NATIVE_XPRT_FIFO_1,
} as const
export type GlinkDirection = keyof typeof glinkFifoItems

/** Messages start at multiples of this. */
export const GLINK_ALIGN = 8
/** What a writer keeps back: for a FIFO that is never quite full, and for the word that it is blocked. */
const RESERVE = 16

export const glinkDescriptor = {
  name: 'glink-descriptor',
  items: [ItemId.GLINK_NATIVE_XPRT_DESCRIPTOR],
  summary: 'how full both FIFOs of a GLINK edge are',
  layout: 'exactly 32 bytes',
  source: 'Linux drivers/rpmsg/qcom_glink_smem.c',
  decode(item) {
    if (item.size !== GlinkDescriptor.size) {
      throw item.refuse(`${item.size} bytes are no descriptor, which has ${GlinkDescriptor.size}`)
    }
    const { tx, rx } = item.read('', GlinkDescriptor, 0)
    return {
      remoteHost: item.host,
      remoteHostName: item.host === null ? null : hostName(item.host),
      tx: directionOf(item, 'tx', tx),
      rx: directionOf(item, 'rx', rx),
    }
  },
} satisfies Decoder

function directionOf(item: Dissection, direction: GlinkDirection, indices: GlinkIndices) {
  const fifoItem = glinkFifoItems[direction]
  const fifoSize = item.sibling(fifoItem)?.size ?? null
  if (fifoSize === null) {
    item.note(`there is no FIFO for ${direction}, item ${fifoItem}`)
    return { ...indices, fifoItem, fifoSize, readable: null, free: null }
  }
  return { ...indices, fifoItem, fifoSize, ...glinkFill(item, direction, indices, fifoSize) }
}

/** Bytes to be read and to be written; null, with a note, where the indices cannot be true. */
export function glinkFill(
  item: Dissection,
  direction: GlinkDirection,
  { head, tail }: GlinkIndices,
  size: number,
): { readable: number | null; free: number | null } {
  if (head >= size || tail >= size) {
    item.note(`${direction} has head ${head} and tail ${tail}, and its FIFO has ${size} bytes`)
    return { readable: null, free: null }
  }
  if (head % GLINK_ALIGN !== 0 || tail % GLINK_ALIGN !== 0) {
    item.note(`${direction} has head ${head} and tail ${tail}, which are no multiples of 8`)
  }
  const readable = (head - tail + size) % size
  return { readable, free: Math.max(0, size - readable - RESERVE) }
}

/** The indices of one FIFO, out of the descriptor beside it; null where there is none. */
export function glinkIndicesIn(
  descriptor: Dissection | null,
  direction: GlinkDirection,
): GlinkIndices | null {
  if (descriptor?.size !== GlinkDescriptor.size) return null
  return descriptor.peek(GlinkDescriptor, 0)![direction]
}
