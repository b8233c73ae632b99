// SPDX-License-Identifier: MIT
// Every entry header starts with the canary 0xa5a5; without it the walk cannot go on.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_private().

import type { Check } from './check.js'

export const partitionCanary: Check = {
  name: 'partition-canary',
  severity: 'error',
  explanation:
    'There is no entry header where the entry before it, or the start of the partition, leads to. Everything ' +
    'behind it on this side is out of reach, and the kernel refuses lookups that come this far. An item was ' +
    'written beyond its end, most likely the one just before: look at its owner.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, contents } = partition
      // Free offsets that make no sense lead a walk anywhere: they are the fault then.
      if (!contents?.ordered) continue
      for (const side of [contents.uncached, contents.cached]) {
        if (side?.stopped !== 'canary') continue
        yield {
          partition,
          address: side.address,
          message: `the ${label} has an entry header with canary 0x${side.canary!.toString(16)} instead of 0xa5a5, at offset ${side.at}`,
        }
      }
    }
  },
}
