// SPDX-License-Identifier: MIT
// Five hosts, eight entries.

import { type Golden, written } from './golden.js'

export const sizeInfo = written(16, [
  [0, 5],
  [4, 8],
])

export const golden: readonly Golden[] = [{ id: 419, bytes: sizeInfo }]
