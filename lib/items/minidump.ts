// SPDX-License-Identifier: MIT
// Item 602: which subsystems would leave a small dump when they crash, and where each keeps its list of the memory
// to take. The lists themselves lie outside SMEM. Source: Linux drivers/remoteproc/qcom_common.c.

import { ItemId } from '../data/item-names.js'
import { hexAddress } from '../errors.js'
import { address64, reserved, shown, u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { Decoded, Decoder } from './decoder.js'

/** Four letters as a word, the first in its top byte: `ENBL`. Null for 0, hex for what is no text. */
const tag = shown<string | null>(
  u32,
  (word) => {
    if (word === 0) return null
    const bytes = [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff)
    const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
    return isText ? String.fromCharCode(...bytes) : hexAddress(word)
  },
  (letters) => {
    if (letters === null) return 0
    if (letters.startsWith('0x')) return Number(letters)
    return [...letters].reduce((word, letter) => word * 256 + letter.charCodeAt(0), 0)
  },
)

export const MinidumpTable = struct('minidump table', {
  status: u32,
  revision: u32,
  enabled: tag,
  pad: reserved(4),
})

export const MinidumpSubsystem = struct('minidump subsystem', {
  status: u32,
  enabled: tag,
  encryptionStatus: tag,
  encryptionRequired: tag,
  regionCount: u32,
  pad: reserved(4),
  regions: address64,
})

/** Linux knows ten; thirty have been proposed. */
export const MINIDUMP_SUBSYSTEMS = { usual: 10, most: 30 } as const

export const minidump = {
  name: 'minidump',
  items: [ItemId.SBL_MINIDUMP],
  summary: 'which subsystems are set up to leave a minidump, and where their lists of memory are',
  layout: '16 bytes and 32 for each of up to 30 subsystems',
  source: 'Linux drivers/remoteproc/qcom_common.c',
  decode(item) {
    const table = item.read('', MinidumpTable, 0)
    const room = Math.floor((item.size - MinidumpTable.size) / MinidumpSubsystem.size)
    const { most } = MINIDUMP_SUBSYSTEMS
    if (room > most) item.note(`there is room for ${room} subsystems; the first ${most} are shown`)
    const subsystems: Decoded[] = []
    for (let index = 0; index < Math.min(room, most); index++) {
      const at = MinidumpTable.size + index * MinidumpSubsystem.size
      // Most places are empty.
      if (item.bytes.subarray(at, at + MinidumpSubsystem.size).every((byte) => byte === 0)) continue
      const path = `subsystems[${subsystems.length}]`
      subsystems.push({ index, ...item.read(path, MinidumpSubsystem, at) })
    }
    return { ...table, subsystems }
  },
} satisfies Decoder
