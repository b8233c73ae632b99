// SPDX-License-Identifier: MIT
// SMP2P of both versions, from the modem and to it, of a generic edge, and one that nobody wrote yet.

import { type Golden, type Placed, written } from './golden.js'

const header = (version: number, from: number, to: number, valid: number, flags = 0): Placed[] => [
  [0x00, '$SMP'],
  [0x04, version, 1],
  [0x05, 1, 1],
  [0x08, from, 2],
  [0x0a, to, 2],
  [0x0c, 16, 2],
  [0x0e, valid, 2],
  [0x10, flags],
]

const fromApps = written(340, [
  ...header(1, 0, 1, 2, 2),
  [0x14, 'master-kernel'],
  [0x24, 1],
  [0x28, 'sixteen-letters!'],
  [0x38, 0x80000000],
])

const fromModem = written(344, [...header(1, 1, 0, 1, 1), [0x14, 'slave-kernel'], [0x24, 0xf]])
const versionTwo = written(340, [...header(2, 12, 0, 1), [0x14, 'slave-kernel'], [0x24, 3]])

/** All sixteen. */
const full = written(340, [
  ...header(2, 0, 12, 16),
  ...Array.from({ length: 16 }, (_, i): Placed[] => [
    [0x14 + i * 20, `entry${i}`],
    [0x24 + i * 20, 2 ** i],
  ]).flat(),
])

export const golden: readonly Golden[] = [
  { id: 428, bytes: fromApps, siblings: { 435: fromModem } },
  { id: 435, bytes: fromModem, siblings: { 428: fromApps } },
  { id: 617, bytes: versionTwo, siblings: { 616: full } },
  { id: 616, bytes: full, siblings: { 617: Buffer.alloc(344) } },
  { id: 98, bytes: written(340, header(1, 5, 4, 0)) },
  { id: 435, bytes: Buffer.alloc(344) },
]
