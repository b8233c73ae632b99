// SPDX-License-Identifier: MIT
// Items 338 + cid and 202 + cid: the bytes of an SMD channel, a half for each direction. Which of them are waiting
// stands in the channel's info item. Source: Linux drivers/rpmsg/qcom_smd.c.

import { reserved, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import { Ring } from './ring.js'
import { fillOf, halfOf, outside, type SmdSide, smdSidesIn } from './smd-channel-info.js'
import { belongsToChannel, SmdTransfer, smdChannelOf, smdItemsOf } from './smd-channels.js'

/** What every packet begins with. */
export const SmdPacketHeader = struct('smd packet', { length: u32, unused: reserved(16) })

export const smdFifo = {
  name: 'smd-fifo',
  items: smdItemsOf('firstFifo'),
  summary: 'how full both directions of an SMD channel are, and the next packet of each',
  layout: 'two halves, each a power of two',
  source: 'Linux drivers/rpmsg/qcom_smd.c',
  accepts: (item) => belongsToChannel(item, 'firstFifo'),
  decode(item) {
    const half = halfOf(item)
    if (half === null) throw item.refuse(`${item.size} bytes are not two halves of a power of two`)
    const { named, transfer, infoItem, directions } = smdChannelOf(item, 'firstFifo')
    const sides = smdSidesIn(item.sibling(infoItem))
    if (sides === null) item.note(`the indices are not known: no channel info in item ${infoItem}`)
    const packets = transfer === SmdTransfer.packet
    return {
      ...named,
      infoItem,
      half,
      directions: directions.map((direction, i) => {
        const side = sides?.[i]
        if (side === undefined) return { ...direction, ...unknown }
        const fill = fillOf(side, half)
        if (fill.readable === null) item.note(outside(side, i, half))
        const packet = packets ? packetAt(item, i, half, side, fill.readable ?? 0) : null
        return { ...direction, head: side.head, tail: side.tail, ...fill, packet }
      }),
    }
  },
} satisfies Decoder

const unknown = { head: null, tail: null, readable: null, free: null, packet: null }

/** The header of the packet that is read next; null where no whole one is waiting. */
function packetAt(
  item: Dissection,
  direction: number,
  half: number,
  { tail }: SmdSide,
  readable: number,
): { length: number; whole: boolean } | null {
  if (readable < SmdPacketHeader.size) return null
  const ring = new Ring(item, direction * half, half, tail)
  const length = ring.read(`directions[${direction}].packet.length`, u32, 0)
  if (SmdPacketHeader.size + length >= half) {
    item.note(
      `the next packet of direction ${direction} says ${length} bytes, more than a half takes; its header may have been read`,
    )
  }
  return { length, whole: SmdPacketHeader.size + length <= readable }
}
