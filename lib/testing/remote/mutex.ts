// SPDX-License-Identifier: MIT
// How other processors take SMEM's mutex: they write their id and read it back, again and again, and release it
// by writing 0 whoever has it. Linux reports a release of what it does not hold, and releases all the same.
// Source: Linux drivers/hwspinlock/qcom_hwspinlock.c and hwspinlock_core.c.

import { SmemError } from '../../errors.js'
import { backOff, sleepSync } from '../../lock/back-off.js'
import { ownerLabel } from '../../lock/owner-id.js'
import type { FakeSoc } from '../fake-soc.js'
import type { RemoteRole } from './kind.js'

/** Attempts in a row. A processor of its own would never pause, but here it has only a share of ours. */
const ATTEMPTS = 32

export class RemoteMutex {
  acquisitions = 0
  readonly #soc: FakeSoc
  readonly #role: RemoteRole

  constructor(soc: FakeSoc, role: RemoteRole) {
    this.#soc = soc
    this.#role = role
  }

  /** A few attempts; the lock is held where this is true. */
  tryLock(): boolean {
    const { hwlock } = this.#soc
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (hwlock.tryLock(this.#role.ownerId)) {
        this.acquisitions++
        return true
      }
    }
    return false
  }

  /** @param breathe is awaited between attempts, for whoever wants this process to do something else */
  async lock(
    breathe: () => Promise<void>,
    timeout: number = this.#role.lockTimeout,
  ): Promise<void> {
    const deadline = performance.now() + timeout
    for (const delay of backOff()) {
      if (this.tryLock()) return
      if (performance.now() >= deadline) break
      sleepSync(delay)
      await breathe()
    }
    const owner = this.#soc.hwlock.owner()
    throw new SmemError('ETIMEDOUT', `${ownerLabel(owner)} held the lock for ${timeout} ms`)
  }

  /** False where it was not held by this processor; it is free afterwards in any case. */
  unlock(): boolean {
    const { hwlock, bank } = this.#soc
    if (hwlock.unlock(this.#role.ownerId)) return true
    bank.fence('full')
    bank.write32(hwlock.address - bank.base, 0)
    bank.fence('full')
    return false
  }
}
