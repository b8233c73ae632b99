// SPDX-License-Identifier: MIT
// A reader and writer of smp2p's items that shares nothing with the library: what the host says as a remote
// processor, and what it reads of the kernel's own item. Source: the kernel's drivers/soc/qcom/smp2p.c.

import assert from 'node:assert/strict'
import type { RamFile } from './boot.js'

/** Bytes of an item: a header and 16 named words. */
export const SMP2P_SIZE = 20 + 16 * (16 + 4)

/** A feature: restarts are acknowledged. */
export const SSR_ACK = 1
/** Flags: toggled by who restarted, and by who has seen it. */
export const RESTART_DONE = 1
export const RESTART_ACK = 2

export interface Smp2p {
  readonly version: number
  readonly features: number
  /** Host ids of the writer and of the reader. */
  readonly from: number
  readonly to: number
  readonly flags: number
  readonly entries: Readonly<Record<string, number>>
}

export function readSmp2p(bytes: Buffer): Smp2p {
  assert.equal(bytes.toString('latin1', 0, 4), '$SMP')
  assert.equal(bytes.readUInt16LE(12), 16)
  const entries: Record<string, number> = {}
  for (let i = 0; i < bytes.readUInt16LE(14); i++) {
    const at = 20 + i * 20
    const [name = ''] = bytes.toString('latin1', at, at + 16).split('\0')
    entries[name] = bytes.readUInt32LE(at + 16)
  }
  return {
    version: bytes.readUInt8(4),
    features: bytes.readUIntLE(5, 3),
    from: bytes.readUInt16LE(8),
    to: bytes.readUInt16LE(10),
    flags: bytes.readUInt32LE(16),
    entries,
  }
}

export function smp2pItem({ version, features, from, to, flags, entries }: Smp2p): Buffer {
  const bytes = Buffer.alloc(SMP2P_SIZE)
  bytes.write('$SMP', 0, 'latin1')
  bytes.writeUInt8(version, 4)
  bytes.writeUIntLE(features, 5, 3)
  bytes.writeUInt16LE(from, 8)
  bytes.writeUInt16LE(to, 10)
  bytes.writeUInt16LE(16, 12)
  const named = Object.entries(entries)
  bytes.writeUInt16LE(named.length, 14)
  bytes.writeUInt32LE(flags, 16)
  named.forEach(([name, value], i) => {
    bytes.write(name, 20 + i * 20, 16, 'latin1')
    bytes.writeUInt32LE(value >>> 0, 36 + i * 20)
  })
  return bytes
}

/** The item at a physical address. */
export function smp2pAt(memory: RamFile, base: number): Smp2p {
  return readSmp2p(memory.read({ base, size: SMP2P_SIZE }))
}
