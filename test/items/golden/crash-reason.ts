// SPDX-License-Identifier: MIT
// A reason that fills its item, one with a NUL, one that was cleared, and a subsystem that never crashed.

import { type Golden, written } from './golden.js'

const fatal = 'mdsp_task.c:1234:Assert task_state == RUNNING failed'

export const golden: readonly Golden[] = [
  { id: 421, bytes: written(fatal.length, [[0, fatal]]) },
  { id: 422, bytes: written(88, [[0, 'pronto watchdog\n']]) },
  { id: 423, bytes: written(88, [[1, fatal.slice(1)]]) },
  { id: 424, bytes: written(81, []) },
  { id: 425, bytes: written(81, [[0, 'vcodec']]) },
  { id: 601, bytes: written(80, [[0, 'CDSP:Exception detected']]) },
  { id: 626, bytes: written(80, [[0, 'WPSS']]) },
  { id: 656, bytes: written(80, [[0, 'SOCCP']]) },
]
