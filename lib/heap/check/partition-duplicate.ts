// SPDX-License-Identifier: MIT
// Two hosts share at most one partition, and version 12 has one global partition.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_enumerate_partitions().

import type { Check } from './check.js'

/** Hosts that are no single processor: several partitions may have them. */
const SEVERAL_HOSTS = 0xfffc

export const partitionDuplicate: Check = {
  name: 'partition-duplicate',
  severity: 'error',
  explanation:
    'Two entries of the partition table are for the same two hosts, or both are global. Drivers disagree about ' +
    'which counts: Linux does not start at all with two private ones, firmware takes the first, and of two ' +
    'global ones the first is used by all. Items in the other are lost.',
  *run({ partitions }) {
    const seen = new Map<string, number>()
    for (const partition of partitions) {
      const { label, address, global, entry } = partition
      const { host0, host1, index } = entry
      const low = Math.min(host0, host1)
      if (low >= SEVERAL_HOSTS && !global) continue
      const pair = `${low} ${Math.max(host0, host1)}`
      const first = seen.get(pair)
      if (first === undefined) {
        seen.set(pair, index)
        continue
      }
      yield {
        partition,
        address,
        message: `entries ${first} and ${index} of the partition table are both a ${label}`,
      }
    }
  },
}
