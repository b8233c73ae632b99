// SPDX-License-Identifier: MIT
// Items 0, 1 and 3: the header's own structures, which a table of contents also names as items.
// Source: smem_heap_info and the fixed item ids of the downstream drivers; version word owners from their smd_private.h.

import { ItemId } from '../data/item-names.js'
import { HeapInfo, ProcComm } from '../layout/header.js'
import { array, u32 } from '../layout/scalar.js'
import type { Decoder } from './decoder.js'

export const procComm: Decoder = {
  name: 'proc-comm',
  items: [ItemId.PROC_COMM],
  summary: 'the four command mailboxes of the oldest protocol between processors',
  layout: '64 bytes',
  source: 'downstream arch/arm/mach-msm/smd_private.h',
  decode: (item) => item.read('', array(ProcComm, 4), 0),
}

export const heapInfo: Decoder = {
  name: 'heap-info',
  items: [ItemId.HEAP_INFO],
  summary: 'whether the heap is initialised, where its free space starts and how much is left',
  layout: '16 bytes',
  source: 'downstream include/soc/qcom/smem.h, smem_heap_info',
  decode(item) {
    const info = item.read('', HeapInfo, 0)
    return { ...info, total: info.freeOffset + info.available }
  },
}

const owners: Partial<Record<number, string>> = {
  4: 'QDSP6',
  6: 'apps SBL',
  7: 'master SBL',
  8: 'apps',
  9: 'modem',
  10: 'DSPS',
}

/** Item 3, and the arrays of the same shape in which other protocols agree on a version. */
export const versions: Decoder = {
  name: 'versions',
  items: [ItemId.VERSION_INFO],
  summary: 'which version of the protocol each subsystem speaks',
  layout: '32 words',
  source: 'downstream arch/arm/mach-msm/smd_private.h',
  decode(item) {
    return item
      .read('', array(u32, 32), 0)
      .map((raw, index) => ({
        index,
        owner: owners[index] ?? null,
        major: raw >>> 16,
        minor: raw & 0xffff,
      }))
      .filter(({ major, minor }) => major !== 0 || minor !== 0)
  },
}
