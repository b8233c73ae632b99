// SPDX-License-Identifier: MIT
// Locks that are words in SMEM: the eight of item 7, and those of the DAL area, a list of chunks that has one lock
// each. Chips with a hardware mutex leave both unused.
// Source: downstream arch/arm/mach-msm/remote_spinlock.c, smd_private.h, dal.h.

import { ItemId } from '../data/item-names.js'
import { reserved, text, u8, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

const LOCKS = 8

export const spinlockArray = {
  name: 'spinlock-array',
  items: [ItemId.SPINLOCK_ARRAY],
  summary: 'the eight software locks of chips without a hardware mutex, and who holds them',
  layout: '8 words',
  source: 'downstream arch/arm/mach-msm/remote_spinlock.c',
  decode: (item) => ({
    locks: Array.from({ length: LOCKS }, (_, index) => {
      const owner = item.read(`locks[${index}].owner`, u32, index * u32.size)
      return { index, owner, free: owner === 0 }
    }),
  }),
} satisfies Decoder

const DalChunk = struct('DAL chunk', {
  size: u32,
  name: text(12),
  lock: u32,
  pad: reserved(4),
  type: u32,
  version: u32,
})

/** The first chunk lies at a multiple of this in memory, so within this much of the item. */
const PAGE = 4096
/** Items lie at multiples of this. */
const STEP = 8
/** More than any firmware has. */
const MOST = 256

export const dalArea = {
  name: 'dal-area',
  items: [ItemId.DAL_AREA],
  summary: 'the chunks of the device abstraction layer, and their locks',
  layout: 'a list of chunks that starts on a page, which is told by its looks',
  source: 'downstream arch/arm/mach-msm/remote_spinlock.c, dal.h',
  decode(item) {
    const chunks: Decoded[] = []
    let at = firstChunk(item)
    if (at !== null && at > 0) item.note(`the list is taken to start at ${at}, by its looks`)
    while (at !== null && chunks.length < MOST && isChunk(item, at)) {
      const chunk = item.read(`chunks[${chunks.length}]`, DalChunk, at)
      chunks.push(chunk)
      at += chunk.size
    }
    return { chunks }
  },
} satisfies Decoder

function firstChunk(item: Dissection): number | null {
  for (let at = 0; at < PAGE; at += STEP) if (isChunk(item, at)) return at
  return null
}

/** A size that leads on inside the item, and a name that people can read. */
function isChunk(item: Dissection, at: number): boolean {
  const size = item.peek(u32, at) ?? 0
  if (size < DalChunk.size || size % u32.size !== 0 || !item.has(at, size)) return false
  const letter = item.peek(u8, at + DalChunk.offsets.name) ?? 0
  return letter > 0x20 && letter < 0x7f
}
