// SPDX-License-Identifier: MIT
// Item 419: five hosts, eight entries.

import { type Golden, written } from './golden.js'

export const fiveHosts = written(16, [
  [0, 5],
  [4, 8],
])

export const golden: readonly Golden[] = [{ id: 419, bytes: fiveHosts }]
