// SPDX-License-Identifier: MIT
// One word of the hardware mutex: who has it, one attempt, and the release. This is the mechanism only; whoever
// holds the lock stalls every processor of the SoC, so the library itself takes it natively (lib/lock/), and this
// is for looking, and for those who play another processor.

import type { MutexPlace, NativeMutex } from '../native/binding.js'
import { loadNative } from '../native/load.js'
import { attempt } from '../port/mapped.js'

/**
 * A mutex word: who has it, one attempt, and the release. For looking, and for playing another processor.
 * @example
 * ```ts
 * import { FakeSoc } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create()
 * const { hwlock } = soc
 * console.log(hwlock.tryLock(2), hwlock.owner()) // true 2
 * console.log(hwlock.tryLock(3), hwlock.unlock(3)) // false false
 * console.log(hwlock.unlock(2), hwlock.owner()) // true 0
 * hwlock.close()
 * ```
 */
export class LockWord {
  /** Physical address. */
  readonly address: number
  readonly #mutex: NativeMutex

  /** Maps the word, and nothing but that word. @throws SmemError what opening it gives, EBADF after close */
  constructor(place: MutexPlace, address: number) {
    this.address = address
    this.#mutex = attempt('map the mutex word', () => loadNative().mutex(place))
  }

  /** Owner id, 0 when free. */
  owner(): number {
    return this.#mutex.owner()
  }

  /**
   * One attempt. Like the hardware it also succeeds where the lock is already held by this `id`: that is why
   * different parties need different ids.
   */
  tryLock(id: number): boolean {
    return this.#mutex.tryLock(id) === id
  }

  /** Releases what `id` holds. False, and nothing is written, where it does not hold it. */
  unlock(id: number): boolean {
    return this.#mutex.unlock(id)
  }

  /** Idempotent. */
  close(): void {
    this.#mutex.close()
  }
}
