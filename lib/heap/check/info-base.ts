// SPDX-License-Identifier: MIT
// The info record "SIII" repeats where SMEM lies. 64-bit firmware writes a high word too, older one leaves
// it 0 as reserved.

import { hexAddress } from '../../errors.js'
import { InfoRecord } from '../../layout/ptable.js'
import { recordedBase } from '../partition-table.js'
import type { Check } from './check.js'

export const infoBase: Check = {
  name: 'info-base',
  severity: 'error',
  explanation:
    'SMEM says of itself that it lies at another physical address than the one it was read from. On a board, ' +
    'the device tree names the wrong memory: do not write. For a dump, the base that was given with --base is ' +
    'wrong, and so are all addresses shown.',
  *run({ main, table }) {
    const info = table?.info ?? null
    if (info === null) return
    const recorded = recordedBase(info)
    if (recorded === main.base || (info.baseHigh === 0 && recorded === main.base % 2 ** 32)) return
    yield {
      address: table!.infoAddress + InfoRecord.offsets.base,
      message: `the info record says that SMEM lies at ${hexAddress(recorded)}; it was read at ${hexAddress(main.base)}`,
    }
  },
}
