// SPDX-License-Identifier: MIT
// A dump may lack a partition, or a part of one. What is not there can be neither sound nor broken.

import type { Check } from './check.js'

export const partitionMissing: Check = {
  name: 'partition-missing',
  severity: 'error',
  explanation:
    'The dump does not have all of a partition, so nothing in it could be checked, and lookups in it are refused. ' +
    'It was left out when the dump was taken, or a file or segment is missing. Take a dump of the whole ' +
    'carve-out.',
  *run({ partitions }) {
    for (const partition of partitions) {
      const { label, address, missing } = partition
      if (missing === null) continue
      yield { partition, address, message: `the ${label} cannot be checked: ${missing.message}` }
    }
  },
}
