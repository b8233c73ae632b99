// SPDX-License-Identifier: MIT
// What all sources do with the ports they have opened: trace them if asked, close them together.

import type { Region, Regions } from '../heap/region.js'
import type { MemoryPort } from '../port/port.js'
import { tracing } from '../port/tracing.js'
import type { SourceOptions } from './source.js'

/** Region 0 over `main` and an auxiliary region over each of `auxiliary`. */
export function asRegions(
  main: MemoryPort,
  auxiliary: readonly MemoryPort[],
  { trace }: SourceOptions,
): Regions {
  const region = (kind: Region['kind'], port: MemoryPort): Region => ({
    kind,
    port: trace === undefined ? port : tracing(port, trace),
  })
  return [region('main', main), ...auxiliary.map((port) => region('aux', port))]
}

export function closeAll(regions: Regions): void {
  for (const { port } of regions) port.close()
}
