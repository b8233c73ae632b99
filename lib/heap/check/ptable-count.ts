// SPDX-License-Identifier: MIT
// The table and the info record behind it share one page. Linux does not limit the number of entries.

import { PTABLE_MAX_ENTRIES, PtableHeader } from '../../layout/ptable.js'
import type { Check } from './check.js'

export const ptableCount: Check = {
  name: 'ptable-count',
  severity: 'error',
  explanation:
    'The partition table claims more entries than its page has room for. A driver that believes it reads ' +
    'beyond its mapping and crashes. Only the entries that fit were looked at, and there is no info record, ' +
    'so ids from 512 on are refused.',
  *run({ table }) {
    if (table === null || table.numEntries <= PTABLE_MAX_ENTRIES) return
    yield {
      address: table.address + PtableHeader.offsets.numEntries,
      message: `the partition table claims ${table.numEntries} entries; ${PTABLE_MAX_ENTRIES} fit into its page`,
    }
  },
}
