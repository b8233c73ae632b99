// SPDX-License-Identifier: MIT
// Who we are and what we may, as the kernel sees this process. Opening /dev/mem takes CAP_SYS_RAWIO
// besides the file's permission; root in a container usually lacks it. Source: Linux drivers/char/mem.c.

import type { MachineFiles } from '../../board/files.js'

export interface Credentials {
  /** Effective user id; null where the system does not tell. */
  readonly user: number | null
  /** CAP_SYS_RAWIO is effective; null where the system does not tell. */
  readonly rawIo: boolean | null
  /** The lines this was read from. */
  readonly evidence: readonly string[]
}

const STATUS = '/proc/self/status'
/** Bit of CAP_SYS_RAWIO in the kernel's capability sets. */
const SYS_RAWIO = 17n

export function readCredentials(files: MachineFiles): Credentials {
  const text = files.text(STATUS) ?? ''
  const [userLine, user] = /^Uid:\s+\d+\s+(\d+).*$/m.exec(text) ?? []
  const [capabilityLine, capabilities] = /^CapEff:\s+([0-9a-f]+)$/m.exec(text) ?? []
  return {
    user: user === undefined ? null : Number(user),
    rawIo: capabilities === undefined ? null : hasBit(BigInt(`0x${capabilities}`), SYS_RAWIO),
    evidence: [userLine, capabilityLine]
      .filter((line) => line !== undefined)
      .map((line) => `${STATUS}: ${line.replace(/\s+/g, ' ')}`),
  }
}

function hasBit(set: bigint, bit: bigint): boolean {
  return ((set >> bit) & 1n) === 1n
}
