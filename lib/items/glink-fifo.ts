// SPDX-License-Identifier: MIT
// Items 479 and 480: the messages of a GLINK edge, 479 from apps, 480 to apps. Which of them nobody has read yet
// stands in item 478. Source: Linux drivers/rpmsg/qcom_glink_smem.c, qcom_glink_native.c.

import { hostName } from '../data/hosts.js'
import { ItemId } from '../data/item-names.js'
import { roundUp } from '../layout/partition.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import {
  GLINK_ALIGN,
  type GlinkDirection,
  glinkFifoItems,
  glinkFill,
  glinkIndicesIn,
} from './glink-descriptor.js'
import { readGlinkMessage } from './glink-messages.js'
import { Ring } from './ring.js'

/** Shown of a FIFO; more wait only where nobody reads. */
const MOST_MESSAGES = 128

export const glinkFifo = {
  name: 'glink-fifo',
  items: Object.values(glinkFifoItems),
  summary: 'the messages of a GLINK edge that nobody has read yet',
  layout: 'any size',
  source: 'Linux drivers/rpmsg/qcom_glink_native.c',
  decode(item) {
    if (item.size === 0) throw item.refuse('a FIFO has at least one byte')
    const direction = item.id === glinkFifoItems.tx ? 'tx' : 'rx'
    return {
      remoteHost: item.host,
      remoteHostName: item.host === null ? null : hostName(item.host),
      direction,
      fifoSize: item.size,
      ...standOf(item, direction),
    }
  },
} satisfies Decoder

function standOf(item: Dissection, direction: GlinkDirection) {
  const descriptor = ItemId.GLINK_NATIVE_XPRT_DESCRIPTOR
  const indices = glinkIndicesIn(item.sibling(descriptor), direction)
  if (indices === null) {
    item.note(`the indices are not known: no descriptor in item ${descriptor}`)
    return { tail: null, head: null, readable: null, free: null, messages: [] }
  }
  const fill = glinkFill(item, direction, indices, item.size)
  const messages = pendingIn(item, indices.tail, fill.readable ?? 0)
  return { ...indices, ...fill, messages }
}

/** The messages from `tail` on; the first that cannot be one ends them. */
function pendingIn(item: Dissection, tail: number, readable: number): Decoded[] {
  const ring = new Ring(item, 0, item.size, tail)
  const messages: Decoded[] = []
  for (let at = 0; at < readable; ) {
    if (messages.length === MOST_MESSAGES) {
      item.note(`${readable - at} bytes of further messages are not shown`)
      break
    }
    const reading = readGlinkMessage(ring, `messages[${messages.length}]`, at, readable - at)
    if (typeof reading === 'string') {
      item.note(`message ${messages.length}, at ${ring.placeOf(at)}: ${reading}`)
      break
    }
    messages.push(reading.message)
    at += roundUp(reading.size, GLINK_ALIGN)
  }
  return messages
}
