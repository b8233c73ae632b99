// SPDX-License-Identifier: MIT
// The lock of a heap, on a fake SoC: what is waited for and who is blamed, and what becomes of an intent that was
// left behind.

import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { HeapLock, type LockPolicy } from '#lib/lock/heap-lock.js'
import { loadNative } from '#lib/native/load.js'
import { Plan } from '#lib/port/plan.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { APPLYING, type Death, leave, peekPage, pokePage, WAITING, Word } from './page.js'

const TARGET = 0x8000
const OURS = 251

function storing(value: number): Plan {
  const plan = new Plan()
  plan.store(TARGET, value)
  return plan
}

function withLock<T>(body: (soc: FakeSoc, lock: HeapLock) => T, policy: LockPolicy = {}): T {
  using soc = FakeSoc.create()
  const lock = new HeapLock(soc.lockPlaces, { timeout: 3, ...policy })
  try {
    return body(soc, lock)
  } finally {
    lock.close()
  }
}

async function withLockAsync(
  body: (soc: FakeSoc, lock: HeapLock) => Promise<void>,
  policy: LockPolicy = {},
): Promise<void> {
  using soc = FakeSoc.create()
  const lock = new HeapLock(soc.lockPlaces, { timeout: 3, ...policy })
  try {
    await body(soc, lock)
  } finally {
    lock.close()
  }
}

/** Every way to wait, by its name; each rejects or throws. */
const ways: Record<string, (lock: HeapLock, plan: Plan) => Promise<unknown>> = {
  commit: async (lock, plan) => lock.commit(() => plan),
  commitAsync: (lock, plan) => lock.commitAsync(() => plan),
}

describe('a commit', () => {
  it('stores, leaves nothing held, and says how long it held', () => {
    withLock((soc, lock) => {
      const { hold, recovered } = lock.commit(() => storing(7))
      assert.equal(soc.regions[0].port.read32(TARGET), 7)
      assert.ok(hold > 0)
      assert.equal(recovered, null)
      assert.equal(soc.hwlock.owner(), 0)
      assert.equal(peekPage(soc, Word.INTENT), 0)
    })
  })

  it('plans anew what came too late', () => {
    const plansAnew = (soc: FakeSoc, lock: HeapLock) => {
      const { port } = soc.regions[0]
      let plans = 0
      lock.commit(() => {
        const plan = storing(plans + 1)
        plan.guard(TARGET + 4, port.read32(TARGET + 4))
        // Another one moves the word before the plan gets there, twice.
        if (plans++ < 2) port.write32(TARGET + 4, plans)
        return plan
      })
      assert.equal(plans, 3)
      assert.equal(port.read32(TARGET), 3)
    }
    withLock(plansAnew, { timeout: 60_000 })
  })

  it('throws what the planning throws, and stores nothing', () => {
    withLock((soc, lock) => {
      const problem = new RangeError('no')
      const prepare = () => {
        throw problem
      }
      assert.throws(() => lock.commit(prepare), problem)
      assert.equal(soc.hwlock.owner(), 0)
    })
  })

  for (const [way, commit] of Object.entries(ways)) {
    describe(`by ${way}`, () => {
      const holders: [number, RegExp, number | undefined, RegExp][] = [
        [1, /this machine's kernel \(owner id 1\) holds it/, 0, /qcom-smem lock/],
        [2, /the processor modem \(owner id 2\) holds it/, 1, /release --bust 1/],
        [200, /owner id 200 holds it/, undefined, /qcom-smem lock/],
        [OURS, /owner id 251 holds it/, undefined, /same lock file/],
      ]
      for (const [holder, message, host, hint] of holders) {
        it(`names owner id ${holder} that holds the mutex`, async () => {
          await withLockAsync(async (soc, lock) => {
            soc.hwlock.tryLock(holder)
            const { address } = soc.hwlock
            const expected = { name: 'SmemError', code: 'ETIMEDOUT', message, host, hint, address }
            await assert.rejects(commit(lock, storing(7)), expected)
            assert.equal(soc.hwlock.owner(), holder)
            assert.equal(soc.regions[0].port.read32(TARGET), 0)
            assert.equal(peekPage(soc, Word.INTENT), 0)
            soc.hwlock.unlock(holder)
            await commit(lock, storing(7))
          })
        })
      }

      it('names the lock file where a local process is at it', async () => {
        await withLockAsync(async (soc, lock) => {
          const fd = openSync(soc.path, 'r+')
          const locks = loadNative().fileLocks(fd)
          closeSync(fd)
          assert.ok(locks.tryLock(soc.lockPlaces.file.position))
          await assert.rejects(commit(lock, storing(7)), {
            code: 'ETIMEDOUT',
            message: new RegExp(`did not let go of ${soc.path}`),
          })
          assert.equal(soc.regions[0].port.read32(TARGET), 0)
          locks.close()
          await commit(lock, storing(7))
        })
      })

      it('says that no plan lasted', async () => {
        await withLockAsync(async (soc, lock) => {
          const plan = storing(7)
          plan.guard(TARGET, 1)
          await assert.rejects(commit(lock, plan), {
            code: 'ETIMEDOUT',
            message: /kept changing/,
          })
          assert.equal(soc.regions[0].port.read32(TARGET), 0)
        })
      })

      it('says that a register keeps nothing', async () => {
        using soc = FakeSoc.create()
        const places = soc.lockPlaces
        const mutex = { ...places.mutex, field: 1 }
        const lock = new HeapLock({ ...places, mutex }, { ownerId: 250, timeout: 3 })
        await assert.rejects(commit(lock, storing(7)), { code: 'EIO', message: /reads 0/ })
        lock.close()
      })

      it('names the widest id of a narrow register, and frees it', async () => {
        for (const [ownerBits, kept] of [
          [7, 123],
          [6, 59],
          [5, 27],
        ] as const) {
          using soc = FakeSoc.create('msm8916', { ownerBits })
          const lock = new HeapLock(soc.lockPlaces, { timeout: 3 })
          const widest = 2 ** ownerBits - 1
          await assert.rejects(commit(lock, storing(7)), {
            code: 'EINVAL',
            message: new RegExp(`kept ${kept}; the widest id that fits is ${widest}$`),
          })
          assert.equal(soc.hwlock.owner(), 0)
          assert.equal(peekPage(soc, Word.INTENT), 0)
          const fitting = new HeapLock(soc.lockPlaces, { ownerId: widest })
          await commit(fitting, storing(7))
          lock.close()
          fitting.close()
        }
      })
    })
  }

  it('is aborted while it waits, with the reason of the signal', async () => {
    await withLockAsync(
      async (soc, lock) => {
        soc.hwlock.tryLock(2)
        const reason = new Error('enough')
        await assert.rejects(
          lock.commitAsync(() => storing(7), AbortSignal.abort(reason)),
          reason,
        )
        const controller = new AbortController()
        const waiting = lock.commitAsync(() => {
          // From the second attempt on it is asleep in between.
          setImmediate(() => controller.abort(reason))
          return storing(7)
        }, controller.signal)
        await assert.rejects(waiting, reason)
        assert.equal(soc.regions[0].port.read32(TARGET), 0)
        assert.equal(peekPage(soc, Word.INTENT), 0)
      },
      { timeout: 60_000 },
    )
  })

  it('is refused by a lock file of another version, or one that is of something else', () => {
    for (const [word, value] of [
      [Word.MAGIC, 0x12345678],
      [Word.LAYOUT, 2],
    ] as const) {
      withLock((soc, lock) => {
        lock.commit(() => storing(1))
        pokePage(soc, word, value)
        assert.throws(() => lock.commit(() => storing(7)), {
          code: 'EINVAL',
          message: /another version or another heap/,
        })
        assert.equal(soc.regions[0].port.read32(TARGET), 1)
      })
    }
  })

  it('is EBADF after close', () => {
    withLock((_, lock) => {
      lock.close()
      lock.close()
      assert.throws(() => lock.commit(() => storing(1)), { name: 'SmemError', code: 'EBADF' })
      assert.throws(() => lock.recover(), { name: 'SmemError', code: 'EBADF' })
    })
  })
})

describe('the policy of a lock', () => {
  it('takes no time that makes no sense', () => {
    for (const timeout of [-1, Number.NaN]) {
      assert.throws(() => withLock(() => {}, { timeout }), { code: 'EINVAL', origin: 'input' })
    }
  })

  it('takes no owner id that would exclude nobody', () => {
    for (const ownerId of [0, 2, 26, 0.5, 2 ** 32]) {
      assert.throws(() => withLock(() => {}, { ownerId }), { code: 'EINVAL', origin: 'input' })
    }
    using soc = FakeSoc.create()
    const bound = { ...soc.lockPlaces, kernelBound: true }
    assert.throws(() => new HeapLock(bound, { ownerId: 1 }), { code: 'EINVAL' })
    new HeapLock(soc.lockPlaces, { ownerId: 1 }).close()
  })
})

describe('an intent that was left behind', () => {
  const steps = new Plan()
  steps.store(TARGET, 1)
  steps.fence('store')
  steps.store(TARGET + 4, 2)
  const death = { intent: APPLYING, owner: 240, register: 240, steps, progress: 0 }

  const table: [string, Partial<Death>, string, [number, number], number][] = [
    ['had not got the mutex', { intent: WAITING, register: 0 }, 'dropped', [0, 0], 0],
    ['did not get it from the modem', { intent: WAITING, register: 2 }, 'dropped', [0, 0], 2],
    ['had the mutex only', { intent: WAITING }, 'released', [0, 0], 0],
    ['was to store all', {}, 'completed', [1, 2], 0],
    ['was to store the rest', { progress: 2 }, 'completed', [0, 2], 0],
    ['had stored all', { progress: 3 }, 'completed', [0, 0], 0],
    ['had released the mutex', { progress: 3, register: 0 }, 'dropped', [0, 0], 0],
    ['lost the mutex in the middle', { progress: 2, register: 0 }, 'torn', [0, 0], 0],
    ['lost it to the modem', { progress: 2, register: 2 }, 'torn', [0, 0], 2],
  ]
  for (const [name, change, recovered, stored, register] of table) {
    it(`is ${recovered} where its process ${name}`, () => {
      withLock((soc, lock) => {
        leave(soc, { ...death, ...change })
        assert.equal(lock.recover(), recovered)
        const { port } = soc.regions[0]
        assert.deepEqual([port.read32(TARGET), port.read32(TARGET + 4)], stored)
        assert.equal(soc.hwlock.owner(), register)
        assert.equal(peekPage(soc, Word.INTENT), 0)
        assert.equal(peekPage(soc, Word.RECOVERIES), 1)
        assert.equal(lock.recover(), null)
      })
    })
  }

  it('is completed where it is whole, also for who would give up a damaged one', () => {
    withLock((soc, lock) => {
      leave(soc, { ...death, progress: 2 })
      assert.equal(lock.recover(true), 'completed')
      assert.equal(soc.regions[0].port.read32(TARGET + 4), 2)
      assert.equal(soc.hwlock.owner(), 0)
    })
  })

  it('is seen to by the next commit, which tells of it', () => {
    withLock((soc, lock) => {
      leave(soc, death)
      const plan = new Plan()
      plan.store(TARGET + 8, 3)
      assert.equal(lock.commit(() => plan).recovered, 'completed')
      assert.equal(soc.regions[0].port.read32(TARGET + 4), 2)
      assert.equal(soc.regions[0].port.read32(TARGET + 8), 3)
    })
  })

  it('is seen to where it keeps a plan from being made', () => {
    withLock((soc, lock) => {
      leave(soc, death)
      const { port } = soc.regions[0]
      const committed = lock.commit(() => {
        if (port.read32(TARGET + 4) === 0) throw new RangeError('half of it is missing')
        return storing(9)
      })
      assert.equal(committed.recovered, 'completed')
      assert.equal(port.read32(TARGET), 9)
    })
  })

  it('is void where it is of another boot', () => {
    withLock((soc, lock) => {
      leave(soc, { ...death, register: 0 })
      pokePage(soc, Word.BOOT, 1)
      assert.equal(lock.recover(), 'dropped')
      assert.equal(soc.regions[0].port.read32(TARGET), 0)
      assert.equal(peekPage(soc, Word.INTENT), 0)
    })
  })

  it('is left alone where it is of another heap', () => {
    withLock((soc, lock) => {
      leave(soc, death)
      pokePage(soc, Word.HEAP, 1)
      assert.throws(() => lock.recover(), { code: 'EINVAL', message: /another heap/ })
      assert.throws(() => lock.recover(true), { code: 'EINVAL' })
      assert.equal(peekPage(soc, Word.INTENT), APPLYING)
      assert.equal(soc.hwlock.owner(), 240)
    })
  })

  it('never releases what another processor holds, whatever the page says', () => {
    for (const owner of [0, 1, 2, 26]) {
      for (const intent of [WAITING, APPLYING]) {
        withLock((soc, lock) => {
          leave(soc, { ...death, intent, owner, register: owner })
          assert.equal(lock.recover(true), intent === WAITING ? 'dropped' : 'torn')
          assert.equal(soc.hwlock.owner(), owner)
          assert.equal(soc.regions[0].port.read32(TARGET), 0)
          assert.equal(peekPage(soc, Word.INTENT), 0)
        })
      }
    }
  })

  it('is completed where it has the id of the kernel, by who has it too', () => {
    const recovers = (soc: FakeSoc, lock: HeapLock) => {
      leave(soc, { ...death, owner: 1, register: 1 })
      assert.equal(lock.recover(), 'completed')
      assert.equal(soc.regions[0].port.read32(TARGET + 4), 2)
      assert.equal(soc.hwlock.owner(), 0)
    }
    withLock(recovers, { ownerId: 1 })
  })

  const damages: [string, number, number[]][] = [
    ['has a step outside the heap', Word.STEPS, [0, 0xfffffffc, 1]],
    ['has an unaligned step', Word.STEPS, [0, TARGET + 2, 1]],
    ['has an unknown step', Word.STEPS, [9, 0, 0]],
    ['clears beyond the heap', Word.STEPS, [3, TARGET, 0x40000000]],
    ['has more steps than fit', Word.STEP_COUNT, [257]],
    ['has no steps', Word.STEP_COUNT, [0]],
    ['is of an unknown kind', Word.INTENT, [77]],
  ]
  for (const [name, word, values] of damages) {
    it(`that ${name} is damaged: nothing is stored until somebody gives it up`, () => {
      withLock((soc, lock) => {
        leave(soc, death)
        pokePage(soc, word, ...values)
        const { port } = soc.regions[0]
        const before = new Uint32Array(port.size / 4)
        const after = new Uint32Array(port.size / 4)
        port.readWords(0, before)
        const damaged = { code: 'EIO', message: /is damaged/, hint: /--discard/ }
        assert.throws(() => lock.recover(), damaged)
        assert.throws(() => lock.commit(() => storing(7)), damaged)
        const unplannable = () => {
          throw new RangeError('what it left behind')
        }
        assert.throws(() => lock.commit(unplannable), damaged)
        port.readWords(0, after)
        assert.deepEqual(after, before)
        assert.equal(soc.hwlock.owner(), 240)
        assert.equal(lock.recover(true), 'released')
        assert.equal(soc.hwlock.owner(), 0)
        lock.commit(() => storing(7))
      })
    })
  }
})
