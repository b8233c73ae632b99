// SPDX-License-Identifier: MIT
// Items 85, 333 and 419: the shared state machine, one word of state bits for each processor, and for each
// pair of an entry and a host the bits that the host wants to hear about.
// Source: Linux drivers/soc/qcom/smsm.c.

import { defaultSmsmShape, type SmsmShape, SmsmSizeInfo } from '../../items/smsm-shape.js'
import { bytesOf, words } from './bytes.js'

/** Some of the classic bits of a state word. */
export const SmsmBit = {
  INIT: 1 << 0,
  SMDINIT: 1 << 3,
  RPCINIT: 1 << 5,
  RUN: 1 << 8,
  PROC_AWAKE: 1 << 12,
} as const

/** The bytes of item 419. */
export function smsmSizeInfo(shape: SmsmShape): Uint8Array {
  return bytesOf(SmsmSizeInfo, shape)
}

/** The bytes of item 85: one state word for each entry, 0 where none is given. */
export function smsmState(states: readonly number[], { entries } = defaultSmsmShape): Uint8Array {
  return words(states, entries)
}

export interface SmsmInterest {
  readonly entry: number
  /** In SMSM's own numbering: 0 apps, 1 modem, 2 Q6, 3 WCNSS. */
  readonly host: number
  readonly mask: number
}

/** The bytes of item 333, entry by entry. */
export function smsmInterruptMask(
  interests: readonly SmsmInterest[],
  { hosts, entries } = defaultSmsmShape,
): Uint8Array {
  const masks = Array<number>(entries * hosts).fill(0)
  for (const { entry, host, mask } of interests) masks[entry * hosts + host] = mask
  return words(masks)
}
