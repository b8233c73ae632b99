// SPDX-License-Identifier: MIT
// Bits 1:0 of aux_base are reserved: regions start on words.

import { hexAddress } from '../../errors.js'
import { AUX_BASE_MASK } from '../../layout/header.js'
import type { Check } from './check.js'

export const tocReservedBits: Check = {
  name: 'toc-reserved-bits',
  severity: 'warning',
  explanation:
    'The two reserved bits of an aux_base are not 0. Linux masks them off; a boot loader that adds the whole ' +
    'word to the offset reads from a wrong address. Firmware may use them for a purpose of its own.',
  *run({ toc }) {
    for (const { id, address, auxBase } of toc?.allocated ?? []) {
      if ((auxBase & ~AUX_BASE_MASK) === 0) continue
      yield {
        item: id,
        address,
        message: `item ${id} has aux_base ${hexAddress(auxBase)}, whose bits 1:0 are reserved`,
      }
    }
  },
}
