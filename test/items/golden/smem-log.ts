// SPDX-License-Identifier: MIT
// A general log that has come round, a power log that has not, and one without its index.

import { type Golden, type Placed, written } from './golden.js'

export const SLOTS = 2000

const event = (slot: number, identifier: number): Placed[] => [
  [slot * 20, identifier],
  [slot * 20 + 4, slot + 1000],
  [slot * 20 + 8, 1],
  [slot * 20 + 12, 2],
  [slot * 20 + 16, 3],
]

/** Newest in slot 1, oldest in slot 1999. */
export const general = written(SLOTS * 20, [
  ...event(0, 0x10000005),
  ...event(1, 0x10000006),
  ...event(1999, 0x10000004),
])
export const power = written(SLOTS * 20, [...event(0, 0x30000001), ...event(1, 0x30000002)])
export const index = (next: number) => written(8, [[0, next]])

export const golden: readonly Golden[] = [
  { id: 79, bytes: general, siblings: { 78: index(2) } },
  { id: 407, bytes: power, siblings: { 405: index(2), 406: index(0) } },
  { id: 79, bytes: general },
]
