// SPDX-License-Identifier: MIT
// Routers keep two copies of what they boot; this record says which of each is the one in use. Item 503, on older
// boot loaders 427 or 484, where others have SMP2P items: the magic decides.
// Source: the Qualcomm QSDK U-Boot headers for IPQ boards.

import { ItemId } from '../data/item-names.js'
import { text, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

/** The second: an upgrade is being tried. */
const DUAL_BOOT_MAGIC = { normal: 0xa3a2a1a0, trying: 0xa3a2a1a1, end: 0xb3b2b1b0 } as const

const DualBoot = struct('dual boot record', { magic: u32, age: u32, count: u32 })
/** `primaryBoot`: 0 where the first copy is in use, 1 for the second. */
const Alternate = struct('dual boot partition', { name: text(16), primaryBoot: u32 })

/** More than any board has; known headers have 8 to 16 slots. */
const SLOTS = 64

const source = 'QSDK U-Boot headers for IPQ806x to IPQ9574'
const layout = 'magic 0xa3a2a1a0 or 0xa3a2a1a1, as many partitions as count and size allow'

function isDualBoot(item: Dissection): boolean {
  const magic = item.peek(u32, DualBoot.offsets.magic)
  return magic === DUAL_BOOT_MAGIC.normal || magic === DUAL_BOOT_MAGIC.trying
}

function decode(item: Dissection): Decoded {
  if (!isDualBoot(item)) {
    throw item.refuse('a dual boot record starts with 0xa3a2a1a0 or 0xa3a2a1a1')
  }
  const age = item.read('age', u32, DualBoot.offsets.age)
  const count = item.read('count', u32, DualBoot.offsets.count)
  const room = Math.min(Math.floor((item.size - DualBoot.size) / Alternate.size), SLOTS)
  if (count > room) item.note(`${count} partitions are counted, and there is room for ${room}`)
  const partitions = Array.from({ length: Math.min(count, room) }, (_, i) =>
    item.read(`partitions[${i}]`, Alternate, DualBoot.size + i * Alternate.size),
  )
  // The table has more slots than are in use, and how many differs from board to board.
  const behind = partitions.length
  const ends = Array.from({ length: room - behind + 1 }, (_, i) =>
    item.peek(u32, DualBoot.size + (behind + i) * Alternate.size),
  )
  if (!ends.includes(DUAL_BOOT_MAGIC.end)) item.note('the magic at its end, 0xb3b2b1b0, is missing')
  const trying = item.peek(u32, DualBoot.offsets.magic) === DUAL_BOOT_MAGIC.trying
  return { trying, age, count, partitions }
}

export const dualBoot = {
  name: 'dual-boot',
  items: [ItemId.BOOT_DUALPARTINFO],
  summary: 'which of its two copies of each partition a router boots',
  layout,
  source,
  decode,
} satisfies Decoder

export const dualBootOld = {
  name: 'dual-boot-ipq806x',
  items: [ItemId.SMP2P_APPS_BASE, ItemId.SMP2P_SSC_BASE + 3],
  summary: 'which copy of each partition an older router boots, on ids of SMP2P',
  layout,
  source,
  accepts: isDualBoot,
  decode,
} satisfies Decoder
