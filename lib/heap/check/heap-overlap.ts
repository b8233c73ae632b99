// SPDX-License-Identifier: MIT
// Version 11: the free part of the global heap must end before the first partition and the partition table.

import { hexAddress } from '../../errors.js'
import { AVAILABLE } from '../../layout/header.js'
import type { Check } from './check.js'
import { partitionSpans } from './span.js'

export const heapOverlap: Check = {
  name: 'heap-overlap',
  severity: 'warning',
  explanation:
    'The free part of the global heap reaches into a partition or into the partition table. Nothing is wrong ' +
    'until the heap has grown that far; then its items overwrite what other processors keep there. Keep away ' +
    'from large allocations in the global heap.',
  *run(subject) {
    const { main, header, major, heapEnd } = subject
    if (major !== 11) return
    const { freeOffset, available } = header!.heapInfo
    // The heap info makes no sense then, and heap-accounting says so.
    if (freeOffset + available > main.size) return
    for (const { label, start, end } of partitionSpans(subject)) {
      if (Math.max(freeOffset, start) >= Math.min(heapEnd, end)) continue
      yield {
        address: main.base + AVAILABLE,
        message: `the free heap, ${hexAddress(freeOffset)} to ${hexAddress(heapEnd)}, reaches into ${label} at ${hexAddress(start)}`,
      }
    }
  },
}
