// SPDX-License-Identifier: MIT
// Item 9: how the raw flash of the boot medium is cut, in erase blocks; names look like `0:APPSBL`. Versions differ
// only in how many slots they may have, and kernels and boot loaders disagree on that: count and size decide.
// Source: Linux drivers/mtd/parsers/qcomsmempart.c; little-kernel platform/msm_shared/smem_ptable.c.

import { ItemId } from '../data/item-names.js'
import { text, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'

const FLASH_TABLE_MAGIC = [0x55ee73aa, 0xe35ebddb] as const

const FlashTable = struct('flash partition table', {
  magic1: u32,
  magic2: u32,
  version: u32,
  count: u32,
})

/** `start` and `length` in erase blocks. */
const FlashPartition = struct('flash partition', {
  name: text(16),
  start: u32,
  length: u32,
  attributes: u32,
})

/** By convention: up to the end of the flash. */
const TO_THE_END = 0xffffffff
const NEWEST = 4
/** Ten times what any version has slots for. */
const MOST = 512

export const flashPartitions = {
  name: 'flash-partitions',
  items: [ItemId.AARM_PARTITION_TABLE],
  summary: 'how the raw flash is cut into partitions, in erase blocks',
  layout: 'versions 3 and 4, as many entries as count and size allow',
  source: 'Linux drivers/mtd/parsers/qcomsmempart.c; lk2nd platform/msm_shared/smem_ptable.c',
  decode(item) {
    const { magic1, magic2, version: at } = FlashTable.offsets
    const [first, second] = FLASH_TABLE_MAGIC
    if (item.peek(u32, magic1) !== first || item.peek(u32, magic2) !== second) {
      throw item.refuse('a flash partition table starts with 0x55ee73aa 0xe35ebddb')
    }
    const version = item.read('version', u32, at)
    const count = item.read('count', u32, FlashTable.offsets.count)
    if (version > NEWEST) item.note(`version ${version} is newer than ${NEWEST}; decoded as that`)
    const room = Math.min(Math.floor((item.size - FlashTable.size) / FlashPartition.size), MOST)
    if (count > room) item.note(`${count} partitions are counted, and there is room for ${room}`)
    const partitions: Decoded[] = []
    for (let slot = 0; slot < Math.min(count, room); slot++) {
      const offset = FlashTable.size + slot * FlashPartition.size
      // A slot without a name is not in use.
      if (item.peek(FlashPartition, offset)?.name === '') continue
      const partition = item.read(`partitions[${partitions.length}]`, FlashPartition, offset)
      partitions.push({ ...partition, toTheEnd: partition.length === TO_THE_END })
    }
    return { version, count, partitions }
  },
} satisfies Decoder
