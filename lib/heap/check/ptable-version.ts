// SPDX-License-Identifier: MIT
// The partition table has had version 1 in all firmware so far.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_ptable().

import { PTABLE_VERSION, PtableHeader } from '../../layout/ptable.js'
import type { Check } from './check.js'

export const ptableVersion: Check = {
  name: 'ptable-version',
  severity: 'error',
  explanation:
    'The partition table has a version other than 1. The Linux driver does not start then, in version 11 ' +
    'either, and nothing in partitions was checked. The word was overwritten, or the format is new: please ' +
    'report it.',
  *run({ table }) {
    if (table === null || table.version === PTABLE_VERSION) return
    yield {
      address: table.address + PtableHeader.offsets.version,
      message: `the partition table has version ${table.version}; ${PTABLE_VERSION} is known`,
    }
  },
}
