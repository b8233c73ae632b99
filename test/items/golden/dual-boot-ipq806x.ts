// SPDX-License-Identifier: MIT
// Items 427 and 484 of older routers: the same record as item 503, here while an upgrade is tried.

import { type Golden, written } from './golden.js'

const record = written(40, [
  [0x00, 0xa3a2a1a1],
  [0x04, 1],
  [0x08, 1],
  [0x0c, 'rootfs'],
  [0x1c, 1],
  [0x20, 0xb3b2b1b0],
])

export const golden: readonly Golden[] = [
  { id: 427, bytes: record },
  { id: 484, bytes: record },
]
