// SPDX-License-Identifier: MIT
// The reserved word of the heap info is 0 in every SMEM that a boot loader has set up.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_probe().

import { hexAddress } from '../../errors.js'
import { Header, HeapInfo } from '../../layout/header.js'
import type { Check } from './check.js'

export const headerReserved: Check = {
  name: 'header-reserved',
  severity: 'error',
  explanation:
    'The reserved word of the heap info is not 0. Linux takes that for an SMEM that was not initialised, and ' +
    'its driver does not start. Something has written over the header, or the memory was never set up.',
  *run({ main, header }) {
    if (header === null || header.heapInfo.reserved === 0) return
    yield {
      address: main.base + Header.offsets.heapInfo + HeapInfo.offsets.reserved,
      message: `the reserved word of the heap info is ${hexAddress(header.heapInfo.reserved)} instead of 0`,
    }
  },
}
