// SPDX-License-Identifier: MIT
// Item 419: how many entries and hosts the shared state machine has. The states (item 85) and the masks (item 333)
// carry no counts of their own and lean on it. Source: Linux drivers/soc/qcom/smsm.c.

import { ItemId } from '../data/item-names.js'
import { FIRST_DEM_ENTRY, smsmA2Bits, smsmStateBits } from '../data/smsm-states.js'
import { reserved, u32 } from '../layout/scalar.js'
import { type Of, struct } from '../layout/struct.js'
import { type BitNames, bitNames, setBits } from './bits.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

export const SmsmSizeInfo = struct('smsm size info', {
  hosts: u32,
  entries: u32,
  reserved: reserved(8),
})
export type SmsmShape = Of<typeof SmsmSizeInfo>

/** What every reader assumes where item 419 is not there, or has another size. */
export const defaultSmsmShape: SmsmShape = { hosts: 3, entries: 8 }

export const smsmSizeInfo = {
  name: 'smsm-size-info',
  items: [ItemId.SMSM_SIZE_INFO],
  summary: 'how many entries and how many hosts the shared state machine has',
  layout: 'exactly 16 bytes',
  source: 'Linux drivers/soc/qcom/smsm.c',
  decode(item) {
    if (item.size !== SmsmSizeInfo.size) {
      throw item.refuse(`${item.size} bytes are no size info, which has ${SmsmSizeInfo.size}`)
    }
    return item.read('', SmsmSizeInfo, 0)
  },
} satisfies Decoder

/** The shape that the item's heap tells. */
export function smsmShapeOf(item: Dissection): SmsmShape {
  const info = item.sibling(ItemId.SMSM_SIZE_INFO)
  return info?.size === SmsmSizeInfo.size ? info.peek(SmsmSizeInfo, 0)! : defaultSmsmShape
}

/** More than any chip has; a count beyond it is not believed. */
const MOST_WORDS = 256

/**
 * How many of the `wanted` words of a shape are there to be read; says where the item's size does not agree.
 * @throws SmemError EINVAL for an item without a single word
 */
export function smsmWordsIn(item: Dissection, wanted: number, shape: string): number {
  const room = Math.floor(item.size / u32.size)
  if (room === 0) throw item.refuse(`${item.size} bytes hold no state word`)
  // Sizes in a table of contents are rounded up to 8: one more word says nothing.
  const agrees = room === wanted || (room === wanted + 1 && room % 2 === 0)
  const count = Math.min(wanted, room, MOST_WORDS)
  if (!agrees || count < wanted) {
    item.note(`has room for ${room} words, and ${shape} needs ${wanted}; ${count} are read`)
  }
  return count
}

const others: BitNames = smsmA2Bits

/** What the bits of an entry are called; of those with two names, a note says the other one. */
export function smsmBitNames(item: Dissection, entry: number, word: number): string[] {
  const names: BitNames = entry < FIRST_DEM_ENTRY ? smsmStateBits : {}
  for (const bit of setBits(word)) {
    if (names[bit] === undefined || others[bit] === undefined) continue
    const note = `bit ${bit}, ${names[bit]}, is ${others[bit]} where the modem's data goes through the A2`
    if (!item.notes.includes(note)) item.note(note)
  }
  return bitNames(word, names)
}
