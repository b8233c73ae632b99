// SPDX-License-Identifier: MIT
// The entries of a side fill it up to its free offset exactly. Cached items end above it by one header, for
// each lies below its header.

import { cachedHeaderSpan } from '../../layout/partition.js'
import type { Check } from './check.js'

export const partitionFreeEnd: Check = {
  name: 'partition-free-end',
  severity: 'error',
  explanation:
    'The last entry of a side does not end at the free offset of that side: bytes between the two belong to ' +
    'nobody, or the last item lies partly in free memory and the next allocation will overwrite it. A free ' +
    'offset or a size was overwritten, or an allocation without the lock got in between.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, contents, entry } = partition
      if (!contents?.ordered) continue
      const { uncached, cached, freeUncached, freeCached } = contents
      if (ended(uncached.stopped) && uncached.at !== freeUncached) {
        yield {
          partition,
          address: uncached.address,
          message: `the uncached items of the ${label} end at offset ${uncached.at}, the free offset is ${freeUncached}`,
        }
      }
      if (cached === null || !ended(cached.stopped) || contents.hidden !== null) continue
      const end = cached.at + cachedHeaderSpan(entry.cacheline)
      if (end === freeCached) continue
      yield {
        partition,
        address: cached.address,
        message: `the cached items of the ${label} end at offset ${end}, the free offset is ${freeCached}`,
      }
    }
  },
}

/** A walk that broke off says nothing of the end. */
function ended(stopped: string): boolean {
  return stopped === 'arrived' || stopped === 'room'
}
