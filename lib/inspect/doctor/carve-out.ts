// SPDX-License-Identifier: MIT
// Can the carve-out be mapped? This is the attempt itself; the other checks explain it.

import { overlapping } from '../../board/iomem.js'
import { hexAddress } from '../../errors.js'
import { ok, problem, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function carveOut({ board, carveOut: outcome, iomem, kernel }: Machine): Verdict {
  if (board === null || outcome === undefined) {
    return unknown('mapping SMEM was not tried: see what stands in the way of it')
  }
  const { base, size } = board.carveOut
  if (outcome === null) return ok('SMEM can be mapped', [`${hexAddress(base)}, ${size} bytes`])
  const owners = overlapping(iomem, board.carveOut).map(({ line }) => `/proc/iomem: ${line}`)
  return problem(
    `SMEM cannot be mapped: ${outcome.code}`,
    [outcome.message, ...owners, kernel.config.line('STRICT_DEVMEM')],
    outcome.code === 'EPERM'
      ? 'the kernel refuses this range: see the checks of lockdown and STRICT_DEVMEM'
      : 'check that the device tree is the one made for this board',
  )
}
