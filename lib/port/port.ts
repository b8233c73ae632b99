// SPDX-License-Identifier: MIT
// A port gives word access to physical memory. It is never a buffer: SMEM is mapped as Device memory
// on arm64, where the unaligned and vector accesses behind memcpy, and behind everything a JavaScript
// engine does with an ArrayBuffer, are a SIGBUS. See docs/decisions/0001-memory-is-a-port.md.

import { hexAddress, SmemError } from '../errors.js'

/**
 * Which accesses a fence orders.
 * @see {@link MemoryPort}
 */
export type FenceKind = 'load' | 'store' | 'full'

/**
 * A part of some memory, in bytes from its start.
 * @see {@link MemoryPort}
 */
export interface Stretch {
  readonly offset: number
  readonly size: number
}

/**
 * Physical memory, by aligned words. It is never a buffer: a live mapping takes no other access.
 * @example
 * ```ts
 * import { FakeSoc } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create('msm8916')
 * const [{ port }] = soc.regions
 * console.log(port.base.toString(16), port.size, port.writable) // 86300000 1048576 true
 * const header = new Uint32Array(2)
 * port.readWords(0xc0, header) // heap info: is it initialised, and the free offset
 * console.log(header[0], port.read32(0xc0)) // 1 1
 * port.write32(0x100, 7)
 * port.fence('store')
 * port.writeWords(0x104, Uint32Array.of(8, 9))
 * console.log(port.read32(0x108)) // 9
 * port.close()
 * ```
 */
export interface MemoryPort {
  /** Physical address of offset 0 (exact up to 2^53). */
  readonly base: number
  /** Bytes that can be seen. A last word that is cut off by the end reads as if zeros followed. */
  readonly size: number
  readonly writable: boolean
  /** What nobody has of this memory: to read there is EINVAL. */
  readonly holes?: readonly Stretch[] | undefined
  /** One aligned 32-bit load; the value is unsigned. EINVAL outside the port, EBADF after close. */
  read32(offset: number): number
  /** Fills `into` by aligned 32-bit loads in ascending order. One native call, whatever the length. */
  readWords(offset: number, into: Uint32Array): void
  /**
   * What the function of this name does, in one native call where a port has that.
   * @internal
   */
  readPublished?(offset: number, into: Uint32Array): boolean
  /** One aligned 32-bit store. EROFS where the port is read-only. */
  write32(offset: number, value: number): void
  /** Stores all of `from` by aligned 32-bit stores in ascending order. */
  writeWords(offset: number, from: Uint32Array): void
  /** Orders the accesses before it against those after it, for every processor of the SoC. */
  fence(kind: FenceKind): void
  /** Idempotent. */
  close(): void
}

/**
 * Fills `into` with a record whose first word publishes the others, without a lock: they are loaded after that word was
 * seen. False where it is 0; then `into` is as it was. See docs/decisions/0003-reads-take-no-lock.md.
 */
export function readPublished(port: MemoryPort, offset: number, into: Uint32Array): boolean {
  // A first lookup is little more than its native calls: one instead of three.
  if (port.readPublished !== undefined) return port.readPublished(offset, into)
  if (port.read32(offset) === 0) return false
  port.fence('load')
  port.readWords(offset, into)
  return true
}

/** What a port must know to refuse an access. */
export interface Extent {
  readonly base: number
  readonly size: number
  readonly closed: boolean
}

/** Throws unless `count` words can be accessed at `offset`: the one bounds rule, the same for all ports. */
export function checkWords(port: Extent, offset: number, count: number): void {
  if (port.closed) throw new SmemError('EBADF', 'this memory was closed', { address: port.base })
  // Written so that NaN, fractions and negative numbers fail too. A whole word ends below `size + 4` where it
  // ends at `wordEnd(size)` or before.
  if (!(offset >= 0 && offset % 4 === 0 && offset + count * 4 < port.size + 4)) {
    throw outside(port, offset, count)
  }
}

/** End of the last word, counting one that the end of the memory cuts off. */
export function wordEnd(size: number): number {
  return Math.ceil(size / 4) * 4
}

function outside(port: Extent, offset: number, count: number): SmemError {
  const problem = offset % 4 === 0 ? 'outside the memory' : 'not aligned to a word'
  return new SmemError(
    'EINVAL',
    `${count * 4} bytes at offset ${offset} are ${problem} at ${hexAddress(port.base)}, ${port.size} bytes`,
    { address: port.base + offset },
  )
}

export function readOnly(port: Extent): SmemError {
  return new SmemError('EROFS', `the memory at ${hexAddress(port.base)} is open for reading only`, {
    address: port.base,
    hint: 'open it with `writable: true`',
  })
}
