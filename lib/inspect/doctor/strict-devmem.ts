// SPDX-License-Identifier: MIT
// Does the kernel count the carve-out as its own RAM? With STRICT_DEVMEM it then refuses to map it, and
// without it kernel and we would see it through different caches. `no-map` keeps it out of the kernel's RAM.

import { overlapping } from '../../board/iomem.js'
import { ok, problem, unknown, type Verdict, warning } from './finding.js'
import type { Machine } from './machine.js'

export function strictDevMem({ board, iomem, kernel, carveOut }: Machine): Verdict {
  if (board === null) return unknown('whether the kernel uses SMEM as its own RAM was not checked')
  const { node, noMap } = board.carveOut
  const ram = overlapping(iomem, board.carveOut).filter(({ name }) => name === 'System RAM')
  const evidence = [
    `/proc/device-tree${node}: ${noMap ? 'has no-map' : 'no no-map'}`,
    ...ram.map(({ line }) => `/proc/iomem: ${line}`),
    ...(iomem.hidden ? ['/proc/iomem: addresses are hidden from this user'] : []),
  ]
  // The table tells what the kernel made of the tree; a hole in the memory node is no RAM either.
  const isRam = iomem.ranges.length > 0 ? ram.length > 0 : !noMap
  if (!isRam) return ok("SMEM is kept out of the kernel's RAM", evidence)

  const strict = kernel.config.value('STRICT_DEVMEM')
  const all = [...evidence, kernel.config.line('STRICT_DEVMEM')]
  const remedy = `give ${node} the property no-map in the device tree, and boot with it`
  if (carveOut !== null && strict !== 'n') {
    return problem(
      'the kernel counts SMEM as its own RAM, which STRICT_DEVMEM does not let be mapped',
      all,
      remedy,
    )
  }
  return warning('the kernel counts SMEM as its own RAM and may cache it', all, remedy)
}
