// SPDX-License-Identifier: MIT
// Does the kernel use this heap too? It cannot be unbound, and nothing needs it to be: it is good to know
// who else allocates here.

import { ok, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function kernelDriver({ kernel, board }: Machine): Verdict {
  if (board === null) return unknown('whether the kernel uses SMEM was not checked')
  const bound = kernel.bound['qcom-smem']
  return bound.length > 0
    ? ok(
        "the kernel's own driver uses this heap beside us",
        bound.map((path) => `${path}: bound`),
      )
    : ok("the kernel's own driver does not use this heap", [
        '/sys/bus/platform/drivers/qcom-smem: no device bound',
        kernel.config.line('QCOM_SMEM'),
        kernel.config.line('HWSPINLOCK_QCOM'),
      ])
}
