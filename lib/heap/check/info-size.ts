// SPDX-License-Identifier: MIT
// The info record "SIII" repeats how large SMEM is.

import { InfoRecord } from '../../layout/ptable.js'
import type { Check } from './check.js'

export const infoSize: Check = {
  name: 'info-size',
  severity: 'warning',
  explanation:
    'SMEM says of itself that it has another size than what can be seen of it. The partition table is where ' +
    'it should be, so drivers work; firmware that trusts the record looks for the table elsewhere. The record ' +
    'was overwritten, or the device tree and the boot loader disagree.',
  *run({ main, table }) {
    const info = table?.info ?? null
    if (info === null || info.size === main.size) return
    yield {
      address: table!.infoAddress + InfoRecord.offsets.size,
      message: `the info record says that SMEM has ${info.size} bytes; ${main.size} are seen`,
    }
  },
}
