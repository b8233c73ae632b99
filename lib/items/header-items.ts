// SPDX-License-Identifier: MIT
// Items 0, 1 and 4: the header's own structures, which a table of contents also names as items.
// Source: smem_heap_info and the fixed item ids of the downstream drivers.

import { ItemId } from '../data/item-names.js'
import { HeapInfo, ProcComm } from '../layout/header.js'
import { array, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoder } from './decoder.js'

export const procComm = {
  name: 'proc-comm',
  items: [ItemId.PROC_COMM],
  summary: 'the four command mailboxes of the oldest protocol between processors',
  layout: '64 bytes',
  source: 'downstream arch/arm/mach-msm/smd_private.h',
  decode: (item) => item.read('', array(ProcComm, 4), 0),
} satisfies Decoder

export const heapInfo = {
  name: 'heap-info',
  items: [ItemId.HEAP_INFO],
  summary: 'whether the heap is initialised, where its free space starts and how much is left',
  layout: '16 bytes',
  source: 'downstream include/soc/qcom/smem.h, smem_heap_info',
  decode(item) {
    const info = item.read('', HeapInfo, 0)
    const total = info.freeOffset + info.available
    if (info.initialized !== 1) item.note('initialized is not 1: no driver would use this heap')
    if (info.reserved !== 0) item.note('reserved is not 0: no driver would use this heap')
    if (total > 0xffffffff) item.note('freeOffset and available add up to more than 32 bits hold')
    return { ...info, total }
  },
} satisfies Decoder

const HwResetDetect = struct('hw reset detect', { magic1: u32, magic2: u32 })

export const hwResetDetect = {
  name: 'hw-reset-detect',
  items: [ItemId.HW_RESET_DETECT],
  summary: 'two words by which boot loaders tell a warm reset from a cold start',
  layout: '8 bytes; which values they have is not public',
  source: 'downstream arch/arm/mach-msm/smd_private.h',
  decode: (item) => item.read('', HwResetDetect, 0),
} satisfies Decoder
