// SPDX-License-Identifier: MIT
// The logs that all processors write into SMEM: a ring of events, and beside it the index of the next slot. What an
// identifier's bits mean was never published, so events are given as they lie there.
// Source: downstream arch/arm/mach-msm/smem_log.c.

import { ItemId } from '../data/item-names.js'
import { u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'

const LogEvent = struct('log event', {
  identifier: u32,
  ticks: u32,
  data1: u32,
  data2: u32,
  data3: u32,
})

/** Index item of each log, by the item of its events. */
const indexOf: Readonly<Record<number, number>> = {
  [ItemId.SMEM_LOG_EVENTS]: ItemId.SMEM_LOG_IDX,
  [ItemId.SMEM_LOG_POWER_EVENTS]: ItemId.SMEM_LOG_POWER_IDX,
  [ItemId.CHARGER_BATTERY_INFO]: ItemId.XBL_LOADER_CORE_INFO,
}
/** The old static log has this many bytes; what else has its id has not. */
const STATIC_SIZE = 3000
/** Room that a version-11 heap gives one word. */
const WORD_ROOM = 8
/** So many events are told, the newest. */
const TOLD = 500

const source = 'downstream arch/arm/mach-msm/smem_log.c'

function readIndex(item: Dissection): Decoded {
  return { next: item.read('next', u32, 0) }
}

export const smemLogIndex = {
  name: 'smem-log-index',
  items: [ItemId.SMEM_LOG_IDX, ItemId.SMEM_LOG_POWER_IDX],
  summary: 'where the next event of a log goes',
  layout: 'one word',
  source,
  decode: readIndex,
} satisfies Decoder

export const smemStaticLogIndex = {
  name: 'smem-static-log-index',
  items: [ItemId.XBL_LOADER_CORE_INFO],
  summary: 'where the next event of the old static log goes, on an id with another meaning today',
  layout: 'one word, where item 81 has the size of the static log',
  source,
  accepts: (item) =>
    item.size <= WORD_ROOM && item.sibling(ItemId.CHARGER_BATTERY_INFO)?.size === STATIC_SIZE,
  decode: readIndex,
} satisfies Decoder

export const smemLogWrap = {
  name: 'smem-log-wrap',
  items: [ItemId.SMEM_LOG_POWER_WRAP],
  summary: 'whether the power log has come round',
  layout: 'one word',
  source,
  decode: (item) => ({ wrapped: item.read('wrapped', u32, 0) }),
} satisfies Decoder

export const smemLog = {
  name: 'smem-log',
  items: [ItemId.SMEM_LOG_EVENTS, ItemId.SMEM_LOG_POWER_EVENTS],
  summary: 'events that the processors logged, oldest first',
  layout: 'any number of 20-byte events, of which the newest 500 are told',
  source,
  decode: readEvents,
} satisfies Decoder

export const smemStaticLog = {
  name: 'smem-static-log',
  items: [ItemId.CHARGER_BATTERY_INFO],
  summary: 'events of the old static log, on an id with another meaning today',
  layout: 'exactly 3000 bytes',
  source,
  accepts: (item) => item.size === STATIC_SIZE,
  decode: readEvents,
} satisfies Decoder

function readEvents(item: Dissection): Decoded {
  const capacity = Math.floor(item.size / LogEvent.size)
  const next = nextSlot(item, capacity)
  const used: number[] = []
  // Backwards from the newest.
  for (let age = 1; age <= capacity && used.length <= TOLD; age++) {
    const slot = ((next ?? 0) + capacity - age) % capacity
    if (item.peek(u32, slot * LogEvent.size) !== 0) used.push(slot)
  }
  if (used.length > TOLD) {
    item.note(`only the newest ${TOLD} events are told`)
    used.length = TOLD
  }
  if (used.length > 0) item.note('the bits of an identifier are not described in public')
  const events = used.reverse().map((slot, i) => {
    return { slot, ...item.read(`events[${i}]`, LogEvent, slot * LogEvent.size) }
  })
  return { capacity, next, events }
}

/** Of the item beside this one; null where that tells nothing. */
function nextSlot(item: Dissection, capacity: number): number | null {
  const next = item.sibling(indexOf[item.id]!)?.peek(u32, 0) ?? null
  if (next === null) item.note('without the index of its log: events as they lie there')
  else if (next > capacity) item.note(`the index ${next} lies outside; events as they lie there`)
  else return next
  return null
}
