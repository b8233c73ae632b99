// SPDX-License-Identifier: MIT
// Item 602: which memory of each subsystem a minidump takes. The lists themselves lie outside SMEM.
// Source: Linux drivers/remoteproc/qcom_common.c.

import { hexAddress } from '../../errors.js'
import { MINIDUMP_SUBSYSTEMS, MinidumpSubsystem, MinidumpTable } from '../../items/minidump.js'

export interface MinidumpDescription {
  /** Place in the table. */
  readonly index: number
  readonly regionCount: number
  /** Physical address of the list of regions. */
  readonly regions: number
}

/** The bytes of item 602. */
export function minidump(subsystems: readonly MinidumpDescription[]): Uint8Array {
  const size = MinidumpTable.size + MINIDUMP_SUBSYSTEMS.usual * MinidumpSubsystem.size
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  MinidumpTable.assign(view, 0, { status: 1, revision: 1, enabled: 'ENBL' })
  for (const { index, regionCount, regions } of subsystems) {
    MinidumpSubsystem.assign(view, MinidumpTable.size + index * MinidumpSubsystem.size, {
      status: 1,
      enabled: 'ENBL',
      encryptionStatus: 'DONE',
      regionCount,
      regions: hexAddress(regions),
    })
  }
  return bytes
}
