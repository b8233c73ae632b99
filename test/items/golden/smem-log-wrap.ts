// SPDX-License-Identifier: MIT
// A power log that has come round.

import { type Golden, written } from './golden.js'

export const golden: readonly Golden[] = [{ id: 406, bytes: written(4, [[0, 1]]) }]
