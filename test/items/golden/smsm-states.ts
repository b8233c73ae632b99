// SPDX-License-Identifier: MIT
// Item 85: apps, modem and WCNSS run.

import { type Golden, written } from './golden.js'
import { sizeInfo } from './smsm-size-info.js'

const states = written(32, [
  [0x00, 0x1129],
  [0x04, 0x29],
  [0x0c, 0x80000101],
  [0x14, 0x0f],
])

export const golden: readonly Golden[] = [
  { id: 85, bytes: states, siblings: { 419: sizeInfo } },
  { id: 85, bytes: states },
]
