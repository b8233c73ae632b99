// SPDX-License-Identifier: MIT
// A partition lies inside region 0, with its header. Linux does not check that when it probes.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'

export const partitionRange: Check = {
  name: 'partition-range',
  severity: 'error',
  explanation:
    'An entry of the partition table describes memory outside region 0. Linux maps it all the same, and then ' +
    'reads whatever lies behind SMEM. A dump that lacks its middle shows this, or an entry that was ' +
    'overwritten. Nothing of that partition was read.',
  *run({ main, partitions }) {
    for (const partition of partitions) {
      const { inside, label, address, entry } = partition
      if (inside) continue
      yield {
        partition,
        address,
        message: `the ${label} leaves region 0: offset ${hexAddress(entry.offset)}, ${entry.size} bytes, of ${main.size}`,
      }
    }
  },
}
