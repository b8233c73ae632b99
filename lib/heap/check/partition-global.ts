// SPDX-License-Identifier: MIT
// Version 12 keeps its global items in a partition of both hosts 0xfffe.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_set_global_partition().

import { PTABLE_VERSION } from '../../layout/ptable.js'
import type { Check } from './check.js'

export const partitionGlobal: Check = {
  name: 'partition-global',
  severity: 'error',
  explanation:
    'The partition table of a version-12 SMEM names no global partition, so global items cannot be found, and ' +
    'the Linux driver does not start. Private partitions can still be read. The hosts, offset or size of the ' +
    'entry was overwritten.',
  *run({ major, table, partitions }) {
    if (major !== 12 || table === null || table.version !== PTABLE_VERSION) return
    if (partitions.some(({ global }) => global)) return
    yield { address: table.address, message: 'the partition table names no global partition' }
  },
}
