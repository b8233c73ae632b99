// SPDX-License-Identifier: MIT
// One direct client for each item, as the review of the first driver has it: a process claims an item, and a
// second one is told. An agreement between local programs, kept by a byte of the lock file; SMEM knows nothing
// of it. It ends with the process, however that ends.

import { SmemError } from '../errors.js'
import { loadNative } from '../native/load.js'
import { attempt } from '../port/mapped.js'
import { type LockFilePlace, openLockFile } from './lock-file.js'

/** Behind the end of every lock file. */
const FIRST_BYTE = 2 ** 32
const IDS = 2 ** 16

/**
 * Which item is claimed.
 * @see {@link Smem.claim}
 */
export interface ClaimedItem {
  readonly id: number
  /** Remote host of the private partition; null for a global item. */
  readonly host: number | null
}

/**
 * An item that is ours, among the programs that ask.
 * @see {@link Smem.claim}
 */
export class Claim implements ClaimedItem {
  readonly id: number
  readonly host: number | null
  #release: (() => void) | null

  /** @throws SmemError EBUSY where another has it; what opening the lock file gives */
  constructor({ id, host }: ClaimedItem, place: LockFilePlace) {
    this.id = id
    this.host = host
    const file = openLockFile(place)
    try {
      const locks = attempt('open the lock file', () => loadNative().fileLocks(file.fd))
      this.#release = () => locks.close()
      if (!attempt('claim the item', () => locks.tryLock(claimByte(id, host)))) {
        locks.close()
        throw new SmemError('EBUSY', `item ${id} is claimed by another program`, {
          item: id,
          host: host ?? undefined,
          hint: '`qcom-smem lock` shows who has claimed what',
        })
      }
    } finally {
      file.close()
    }
  }

  /** Idempotent. */
  release(): void {
    this.#release?.()
    this.#release = null
  }

  /** As `release`. */
  [Symbol.dispose](): void {
    this.release()
  }
}

function claimByte(id: number, host: number | null): number {
  return FIRST_BYTE + (host === null ? 0 : host + 1) * IDS + id
}

/** The item whose claim is kept by this byte; null where it is none's. */
export function claimOfByte(byte: number): ClaimedItem | null {
  const index = byte - FIRST_BYTE
  if (index < 0) return null
  const row = Math.floor(index / IDS)
  return { id: index % IDS, host: row === 0 ? null : row - 1 }
}
