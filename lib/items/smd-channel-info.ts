// SPDX-License-Identifier: MIT
// Items 14 + cid and 138 + cid: how both sides of an SMD channel stand, and the indices into its FIFO. Where memory
// takes words only, as RPM message RAM does, every flag is a word. Source: Linux drivers/rpmsg/qcom_smd.c.

import { u8, u32 } from '../layout/scalar.js'
import { type Of, struct } from '../layout/struct.js'
import type { Decoder } from './decoder.js'
import type { Dissection } from './dissection.js'
import { belongsToChannel, smdChannelOf, smdItemsOf } from './smd-channels.js'

/** One side where memory takes bytes. */
const ByteSide = struct('smd channel side', {
  state: u32,
  dsr: u8,
  cts: u8,
  cd: u8,
  ri: u8,
  newHead: u8,
  newTail: u8,
  newState: u8,
  /** Inverted: 0 asks for an interrupt when the data was read. */
  blockReadIntr: u8,
  tail: u32,
  head: u32,
})

/** One side where memory takes words only. */
const WordSide = struct('smd channel side, words', {
  state: u32,
  dsr: u32,
  cts: u32,
  cd: u32,
  ri: u32,
  newHead: u32,
  newTail: u32,
  newState: u32,
  blockReadIntr: u32,
  tail: u32,
  head: u32,
})

export const smdSides = { byte: ByteSide, word: WordSide } as const
export type SmdSide = Of<typeof ByteSide>
type Width = keyof typeof smdSides

export const SmdState = {
  CLOSED: 0,
  OPENING: 1,
  OPENED: 2,
  FLUSHING: 3,
  CLOSING: 4,
  RESET: 5,
  RESET_OPENING: 6,
} as const
const stateNames = Object.keys(SmdState)

export const smdChannelInfo = {
  name: 'smd-channel-info',
  items: smdItemsOf('firstInfo'),
  summary: 'the state of both sides of an SMD channel, and how full its FIFO is',
  layout: '40 bytes (bytes) or 88 bytes (words only)',
  source: 'Linux drivers/rpmsg/qcom_smd.c',
  accepts: (item) => belongsToChannel(item, 'firstInfo'),
  decode(item) {
    const width = widthOf(item)
    if (width === null) throw item.refuse(`a channel has 40 or 88 bytes, not ${item.size}`)
    const layout = smdSides[width]
    const { named, fifoItem, directions } = smdChannelOf(item, 'firstInfo')
    const half = halfOf(item.sibling(fifoItem))
    if (half === null) item.note(`there is no FIFO of a known size, item ${fifoItem}`)
    return {
      ...named,
      width,
      fifoItem,
      half,
      sides: directions.map((direction, i) => {
        const side = item.read(`sides[${i}]`, layout, i * layout.size)
        const fill = fillOf(side, half)
        if (half !== null && fill.readable === null) item.note(outside(side, i, half))
        return { ...direction, ...side, stateName: stateNames[side.state] ?? null, ...fill }
      }),
    }
  },
} satisfies Decoder

/** The size tells the variant, and nothing else does. */
function widthOf({ size }: Dissection): Width | null {
  const widths: Width[] = ['byte', 'word']
  return widths.find((width) => size === smdSides[width].size * 2) ?? null
}

/** Both sides of an info item; null where it is none. */
export function smdSidesIn(info: Dissection | null): SmdSide[] | null {
  const width = info === null ? null : widthOf(info)
  if (info === null || width === null) return null
  const layout = smdSides[width]
  return [0, 1].map((i) => info.peek(layout, i * layout.size)!)
}

/** Bytes of one direction's half of a FIFO, a power of two; null where it is none. */
export function halfOf(fifo: Dissection | null): number | null {
  const half = (fifo?.size ?? 0) / 2
  return half >= 1 && Number.isInteger(Math.log2(half)) ? half : null
}

export interface SmdFill {
  /** Bytes that the reader has not read; null where the indices do not lie in the FIFO. */
  readonly readable: number | null
  /** Bytes that the writer may still write: one is always left. */
  readonly free: number | null
}

export function fillOf({ head, tail }: SmdSide, half: number | null): SmdFill {
  if (half === null || head >= half || tail >= half) return { readable: null, free: null }
  const readable = (head - tail + half) % half
  return { readable, free: half - 1 - readable }
}

/** What is odd about a side's indices. */
export function outside({ head, tail }: SmdSide, side: number, half: number): string {
  return `side ${side} has head ${head} and tail ${tail}, and its half of the FIFO has ${half} bytes`
}
