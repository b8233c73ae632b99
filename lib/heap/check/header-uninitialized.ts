// SPDX-License-Identifier: MIT
// The boot loader writes 1 into `initialized` when it has set SMEM up.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_probe().

import { Header, HeapInfo } from '../../layout/header.js'
import type { Check } from './check.js'

export const headerUninitialized: Check = {
  name: 'header-uninitialized',
  severity: 'error',
  explanation:
    'The word `initialized` of the heap info is not 1, so no boot loader has set SMEM up, or something has ' +
    'written over its header. Every driver refuses such a heap, and to allocate in it would corrupt memory ' +
    'that may be used for something else. For a dump, check that the file starts at the first byte of the ' +
    'carve-out.',
  *run({ main, header }) {
    if (header === null || header.heapInfo.initialized === 1) return
    yield {
      address: main.base + Header.offsets.heapInfo + HeapInfo.offsets.initialized,
      message: `the header says initialized ${header.heapInfo.initialized} instead of 1`,
    }
  },
}
