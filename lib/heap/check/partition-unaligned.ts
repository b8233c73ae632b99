// SPDX-License-Identifier: MIT
// Headers and items of a partition are aligned from its start and its end, so both must be.

import { hexAddress } from '../../errors.js'
import type { Check } from './check.js'

/** As every item. Secure firmware asks for a page, but only of what it uses. */
const PARTITION_ALIGN = 8

export const partitionUnaligned: Check = {
  name: 'partition-unaligned',
  severity: 'error',
  explanation:
    'A partition starts at an offset, or has a size, that is not a multiple of 8. Every item in it is then ' +
    'misaligned, which is a bus error for drivers that map SMEM as Device memory. The entry was overwritten: ' +
    'firmware places partitions on pages.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { inside, label, address, entry } = partition
      if (!inside) continue
      if (entry.offset % PARTITION_ALIGN === 0 && entry.size % PARTITION_ALIGN === 0) continue
      yield {
        partition,
        address,
        message: `the ${label} has offset ${hexAddress(entry.offset)} and size ${entry.size}, not multiples of ${PARTITION_ALIGN}`,
      }
    }
  },
}
