// SPDX-License-Identifier: MIT
// Item 602: which memory of each subsystem a minidump takes. The lists themselves lie outside SMEM.
// Source: Linux drivers/remoteproc/qcom_common.c.

import { array, reserved, u32 } from '../../layout/scalar.js'
import { struct } from '../../layout/struct.js'
import { wide } from './bytes.js'

const SUBSYSTEMS = 10
const ENABLED = tag('ENBL')
const ENCRYPTION_DONE = tag('DONE')

const Table = struct('minidump table', {
  status: u32,
  revision: u32,
  enabled: u32,
  pad: reserved(4),
})

const Subsystem = struct('minidump subsystem', {
  status: u32,
  enabled: u32,
  encryptionStatus: u32,
  encryptionRequired: u32,
  regionCount: u32,
  pad: reserved(4),
  regions: array(u32, 2),
})

export interface MinidumpSubsystem {
  /** Place in the table. */
  readonly index: number
  readonly regionCount: number
  /** Physical address of the list of regions. */
  readonly regions: number
}

/** The bytes of item 602. */
export function minidump(subsystems: readonly MinidumpSubsystem[]): Uint8Array {
  const bytes = new Uint8Array(Table.size + SUBSYSTEMS * Subsystem.size)
  const view = new DataView(bytes.buffer)
  Table.assign(view, 0, { status: 1, revision: 1, enabled: ENABLED })
  for (const { index, regionCount, regions } of subsystems) {
    Subsystem.assign(view, Table.size + index * Subsystem.size, {
      status: 1,
      enabled: ENABLED,
      encryptionStatus: ENCRYPTION_DONE,
      regionCount,
      regions: wide(regions),
    })
  }
  return bytes
}

/** Four letters as one word, the first in its top byte. */
function tag(letters: string): number {
  return Buffer.from(letters, 'latin1').readUInt32BE(0)
}
