// SPDX-License-Identifier: MIT
// Items 0, 1 and 3: the header's own structures, which a table of contents also names as items.
// Source: smem_heap_info and the fixed item ids of the downstream drivers; version word owners from their smd_private.h.

import { ItemId } from '../data/item-names.js'
import { HeapInfo, ProcComm } from '../layout/header.js'
import { array, u32 } from '../layout/scalar.js'
import { type Decoder, requireSize, viewOf } from './decoder.js'

export const procComm: Decoder = {
  name: 'proc-comm',
  items: [ItemId.PROC_COMM],
  decode(bytes) {
    const mailboxes = array(ProcComm, 4)
    requireSize(bytes, mailboxes.size, 'the four mailboxes')
    return mailboxes.read(viewOf(bytes), 0)
  },
}

export const heapInfo: Decoder = {
  name: 'heap-info',
  items: [ItemId.HEAP_INFO],
  decode(bytes) {
    requireSize(bytes, HeapInfo.size, 'the heap info')
    const info = HeapInfo.read(viewOf(bytes), 0)
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
  decode(bytes) {
    const words = array(u32, 32)
    requireSize(bytes, words.size, 'the 32 version words')
    return words
      .read(viewOf(bytes), 0)
      .map((raw, index) => ({
        index,
        owner: owners[index] ?? null,
        major: raw >>> 16,
        minor: raw & 0xffff,
      }))
      .filter(({ major, minor }) => major !== 0 || minor !== 0)
  },
}
