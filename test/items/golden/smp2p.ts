// SPDX-License-Identifier: MIT
// The modem's item for apps in version 1, apps' own as its answer, and an edge of the newer kind in version 2.

import { type Golden, type Placed, written } from './golden.js'

const head = (version: number, from: number, to: number, valid: number, flags = 0): Placed[] => [
  [0x00, '$SMP'],
  [0x04, version, 1],
  [0x05, 1, 1],
  [0x08, from, 2],
  [0x0a, to, 2],
  [0x0c, 16, 2],
  [0x0e, valid, 2],
  [0x10, flags],
]

const modem = written(340, [
  ...head(1, 1, 0, 2, 1),
  [0x14, 'slave-kernel'],
  [0x24, 6],
  [0x28, 'sixteen-letters!'],
  [0x38, 0x80000001],
])
const apps = written(340, [...head(1, 0, 1, 1, 2), [0x14, 'master-kernel'], [0x24, 1]])
const wpss = written(344, [...head(2, 13, 0, 1), [0x14, 'ipa'], [0x24, 0xffffffff]])

export const golden: readonly Golden[] = [
  { id: 435, bytes: modem, siblings: { 428: apps } },
  { id: 428, bytes: apps, siblings: { 435: modem } },
  { id: 617, bytes: wpss },
  // Allocated, and not yet written.
  { id: 451, bytes: written(340, []) },
]
