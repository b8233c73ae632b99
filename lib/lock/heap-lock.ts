// SPDX-License-Identifier: MIT
// The lock of one heap, as policy: how long to wait, who is blamed, what becomes of a plan that came too late and of
// a process that died. Each attempt is one native call that leaves nothing held; between attempts this thread
// sleeps, or awaits. See docs/safety.md.

import { setTimeout as sleep } from 'node:timers/promises'
import { hexAddress, SmemError } from '../errors.js'
import {
  type FilePlace,
  type MutexPlace,
  type NativeHeapLock,
  Outcome,
  Recovery,
} from '../native/binding.js'
import { loadNative } from '../native/load.js'
import { attempt } from '../port/mapped.js'
import type { Plan } from '../port/plan.js'
import { backOff, sleepSync } from './back-off.js'
import { identityWords } from './identity.js'
import { type LockFilePlace, lockFileBusy, lockFileUnlockable, openLockFile } from './lock-file.js'
import { checkOwnerId, DEFAULT_OWNER, hostOfOwner, ownerLabel } from './owner-id.js'

export interface LockPolicy {
  /** By which the mutex is taken. Default 251. */
  readonly ownerId?: number | undefined
  /** Milliseconds to wait for it. Default 1000, as in the kernel. */
  readonly timeout?: number | undefined
  /** Told of every attempt before it is made, in lines: where a board hangs, the last words say on what. */
  readonly trace?: ((text: string) => void) | undefined
}

export interface LockPlaces {
  /** Region 0. `position` in its file need not be its physical address `base`. */
  readonly heap: FilePlace & { readonly size: number; readonly base: number }
  readonly mutex: MutexPlace & { readonly address: number }
  readonly file: LockFilePlace
  /** Whether the kernel's own mutex driver is at work here: then its owner id is not to be had. */
  readonly kernelBound: boolean
}

/** What became of a process that had died with an allocation announced. */
export type Recovered = 'dropped' | 'released' | 'completed' | 'torn'

export interface Committed {
  /** Nanoseconds that the mutex was held. */
  readonly hold: number
  /** What was found of a process that died, and mended first; null where nothing was. */
  readonly recovered: Recovered | null
}

const DEFAULT_TIMEOUT = 1000

/** Plans in a row that may come too late before this thread sleeps: some ten microseconds each. */
const STALE_AT_ONCE = 8

const recoveries: Record<number, Recovered | null> = {
  [Recovery.NOTHING]: null,
  [Recovery.DROPPED]: 'dropped',
  [Recovery.RELEASED]: 'released',
  [Recovery.COMPLETED]: 'completed',
  [Recovery.TORN]: 'torn',
}

/** Outcomes that another attempt may change. */
const passing = new Set<number>([Outcome.STALE, Outcome.LOCAL_BUSY, Outcome.REMOTE_BUSY])

export class HeapLock {
  readonly ownerId: number
  readonly timeout: number
  /** As people see it. */
  readonly file: string
  readonly #address: number
  readonly #base: number
  readonly #trace: LockPolicy['trace']
  readonly #native: NativeHeapLock
  readonly #report = new Uint32Array(4)
  /** For the plans of allocations, which are short. */
  readonly #scratch = new Uint32Array(64)
  #closed = false

  /** Maps all it needs; the descriptors in `places` may be closed afterwards. */
  constructor({ heap, mutex, file, kernelBound }: LockPlaces, policy: LockPolicy = {}) {
    const { ownerId = DEFAULT_OWNER, timeout = DEFAULT_TIMEOUT, trace } = policy
    if (!(timeout >= 0)) {
      throw new SmemError('EINVAL', `a lock timeout of ${timeout} ms makes no sense`, {
        origin: 'input',
      })
    }
    this.ownerId = checkOwnerId(ownerId, kernelBound)
    this.timeout = timeout
    this.file = file.path
    this.#address = mutex.address
    this.#base = heap.base
    this.#trace = trace
    const opened = openLockFile(file)
    try {
      const identity = identityWords(heap.base, mutex.address)
      this.#native = attempt('map the heap, its mutex and the lock file', () =>
        loadNative().heapLock(heap, mutex, opened, identity),
      )
    } finally {
      opened.close()
    }
  }

  /**
   * Executes a plan under the lock. `prepare` makes it, and makes it anew when the heap has changed meanwhile;
   * what it throws is thrown here. Sleeps between attempts.
   * @throws SmemError ETIMEDOUT, naming who has the lock; EINVAL, EIO where the lock cannot be used
   */
  commit(prepare: () => Plan): Committed {
    const attempts = this.#attempts(prepare)
    for (;;) {
      const { done, value } = attempts.next()
      if (done) return value
      sleepSync(value)
    }
  }

  /** The same, with the event loop running between attempts. Throws the signal's reason when aborted. */
  async commitAsync(prepare: () => Plan, signal?: AbortSignal): Promise<Committed> {
    const attempts = this.#attempts(prepare)
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = attempts.next()
      if (done) return value
      await sleep(value, undefined, { signal }).catch(() => signal?.throwIfAborted())
    }
  }

  /**
   * Sees to a process that died with the lock, as every commit does first. `discard` gives up an intent that is
   * damaged: the lock is free then, and the heap as that process left it.
   * @throws SmemError ETIMEDOUT, EINVAL, EIO
   */
  recover(discard = false): Recovered | null {
    const deadline = performance.now() + this.timeout
    const delays = backOff()
    for (;;) {
      this.#checkOpen()
      this.#native.recover(discard, this.ownerId, this.#report)
      const [outcome] = this.#report
      if (outcome === Outcome.DONE) return recoveries[this.#report[3]!]!
      if (!passing.has(outcome!)) throw this.#failure()
      if (performance.now() >= deadline) throw this.#timedOut()
      sleepSync(delays.next().value)
    }
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true
    this.#native.close()
  }

  /** Asked in every attempt: who awaits the lock may be closed meanwhile. */
  #checkOpen(): void {
    if (this.#closed) throw new SmemError('EBADF', 'this lock was closed')
  }

  /** One policy for both kinds of sleeping: yields milliseconds. */
  *#attempts(prepare: () => Plan): Generator<number, Committed> {
    // Most attempts are the only one: what only a second one needs is made for that.
    let waiting: { readonly deadline: number; readonly delays: ReturnType<typeof backOff> } | null =
      null
    let recovered: Recovered | null = null
    let stale = 0
    for (;;) {
      this.#checkOpen()
      let plan: Plan
      try {
        plan = prepare()
      } catch (error) {
        // What cannot be planned may be the leftover of a process that died: that is seen to first.
        if (!this.#native.pending()) throw error
        this.#native.recover(false, this.ownerId, this.#report)
        const [outcome, , , recovery] = this.#report
        if (outcome !== Outcome.DONE && !passing.has(outcome!)) throw this.#failure()
        recovered ??= recoveries[recovery!]!
        plan = prepare()
      }
      if (this.#trace !== undefined) this.#announce(plan, this.#trace)
      this.#native.commit(plan.encode(this.#scratch), this.ownerId, this.#report)
      const outcome = this.#report[0]!
      // The plan of an attempt that found somebody dead is stale as a rule.
      recovered ??= recoveries[this.#report[3]!]!
      if (outcome === Outcome.DONE) return { hold: this.#report[2]!, recovered }
      if (!passing.has(outcome)) throw this.#failure()
      waiting ??= { deadline: performance.now() + this.timeout, delays: backOff() }
      if (performance.now() >= waiting.deadline) throw this.#timedOut()
      // What came too late is planned anew at once, some times; who is busy is given time.
      if (outcome !== Outcome.STALE || ++stale % STALE_AT_ONCE === 0)
        yield waiting.delays.next().value
    }
  }

  #announce({ steps }: Plan, trace: (text: string) => void): void {
    trace(`W ${hexAddress(this.#address)} <- ${hexAddress(this.ownerId)} (the lock)\n`)
    for (const step of steps) {
      if (step.op === 'fence') continue
      const value = step.op === 'store' ? step.value : 0
      const words = step.op === 'clear' ? ` (${step.words} words)` : ''
      trace(`W ${hexAddress(this.#base + step.offset)} <- ${hexAddress(value)}${words}\n`)
    }
    trace(`W ${hexAddress(this.#address)} <- ${hexAddress(0)}\n`)
  }

  #timedOut(): SmemError {
    const [outcome, holder] = this.#report
    const within = `within ${this.timeout} ms`
    const address = this.#address
    if (outcome === Outcome.STALE) {
      return new SmemError('ETIMEDOUT', `the heap kept changing: no plan lasted ${within}`, {
        hint: 'try again when the others have calmed down',
      })
    }
    if (outcome === Outcome.LOCAL_BUSY) return lockFileBusy(this.file, this.timeout)
    if (holder === 0) {
      return new SmemError(
        'EIO',
        `the mutex at ${hexAddress(address)} does not keep what is written: it reads 0 ${within}`,
        { address, hint: 'is this the address of the mutex, and is its block powered?' },
      )
    }
    return new SmemError(
      'ETIMEDOUT',
      `the SMEM lock was not free ${within}: ${ownerLabel(holder!)} holds it`,
      { address, host: hostOfOwner(holder!) ?? undefined, hint: this.#adviceAbout(holder!) },
    )
  }

  #adviceAbout(holder: number): string {
    if (holder === this.ownerId) {
      return `some program took it by our id without using ${this.file}: give all of them the same lock file; \`qcom-smem lock release --ours\` frees it if that one is dead`
    }
    const host = hostOfOwner(holder)
    if (host === null || host === 0) return '`qcom-smem lock` shows it; its owner has to release it'
    return `if that processor is dead, its restart releases the lock, or \`qcom-smem lock release --bust ${host}\``
  }

  #failure(): SmemError {
    const [outcome, holder] = this.#report
    const { ownerId, file } = this
    const address = this.#address
    const problem = `the mutex at ${hexAddress(address)}`
    switch (outcome) {
      case Outcome.NARROW: {
        const widest = widestId(holder!, ownerId)
        return new SmemError(
          'EINVAL',
          `${problem} cannot hold owner id ${ownerId}: it kept ${holder}; the widest id that fits is ${widest}`,
          {
            address,
            hint: `choose an owner id up to ${widest} that no processor has (ownerId, --owner-id)`,
          },
        )
      }
      case Outcome.LOST:
        return new SmemError(
          'EIO',
          `${problem} was taken from us while we stored: it reads ${holder} instead of ${ownerId}`,
          {
            address,
            hint: 'somebody ignores the lock; `qcom-smem verify` says whether the heap is whole',
          },
        )
      case Outcome.UNLOCKABLE:
        return lockFileUnlockable(file, holder!)
      case Outcome.FOREIGN:
        return new SmemError(
          'EINVAL',
          `the lock file ${file} is of another version or another heap`,
          {
            hint: 'name another one (lockFile, --lock-file), the same for all programs that use this heap',
          },
        )
      default:
        return new SmemError(
          'EIO',
          `a process died while it stored, and what it announced in ${file} is damaged`,
          { hint: '`qcom-smem lock release --discard` gives it up; then ask `qcom-smem verify`' },
        )
    }
  }
}

/** The largest number of the width by which `id` reads back as `kept`. */
function widestId(kept: number, id: number): number {
  let widest = 0
  for (let bits = 1; bits < 32; bits++) {
    const mask = 2 ** bits - 1
    if (id % 2 ** bits === kept && mask < id) widest = mask
  }
  return widest
}
