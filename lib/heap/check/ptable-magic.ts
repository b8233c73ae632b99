// SPDX-License-Identifier: MIT
// Version 12 keeps everything in partitions, and their table is the last page of region 0.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_ptable().

import { hexAddress } from '../../errors.js'
import { PTABLE_PAGE } from '../../layout/ptable.js'
import type { Check } from './check.js'

export const ptableMagic: Check = {
  name: 'ptable-magic',
  severity: 'error',
  explanation:
    'A version-12 SMEM has no partition table in its last 4 KiB, so no item can be found. Most often the ' +
    'size is wrong: a dump that lacks its end, or more than the carve-out. The table starts with the bytes ' +
    '$TOC; search for them and take 4096 bytes from there as the end.',
  *run({ main, major, table }) {
    if (major !== 12 || table !== null) return
    const offset = Math.max(0, main.size - PTABLE_PAGE)
    yield {
      address: main.base + offset,
      message: `there is no partition table ("$TOC") in the last ${PTABLE_PAGE} bytes, from ${hexAddress(main.base + offset)}`,
    }
  },
}
