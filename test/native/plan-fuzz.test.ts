// SPDX-License-Identifier: MIT
// Plans and lock files as a hostile or broken caller could give them to the native module. What is refused is refused
// before anything is touched: neither the mutex, nor the lock file, nor the memory has changed. The core alone meets
// a million of them in test/native/core.

import assert from 'node:assert/strict'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import fc from 'fast-check'
import { type NativeHeapLock, Outcome } from '#lib/native/binding.js'
import { native } from './memory.js'

const PAGE = 4096
/** Amid a page, so that there is room around it which nobody may touch. */
const HEAP = { position: PAGE + 64, size: 1024 }
const MUTEX = 2 * PAGE + 12
const RECORD = 3 * PAGE
const FILE = 4 * PAGE
const OURS = 251
const identity = Uint32Array.of(1, 2, 0, 0, 10, 11, 12, 13, 20, 21, 22, 23)

class World {
  readonly fd = native.createMemfd('qcom-smem-fuzz', FILE)
  readonly lock: NativeHeapLock
  readonly report = new Uint32Array(4)

  constructor() {
    const fd = openSync(`/proc/self/fd/${this.fd}`, 'r+')
    this.lock = native.heapLock(
      { fd, ...HEAP },
      { fd, position: MUTEX, field: 0xffffffff },
      { fd, position: RECORD },
      identity,
    )
    closeSync(fd)
  }

  /** Everything: the heap and what lies around it, the mutex, the lock file. */
  snapshot(): Buffer {
    const bytes = Buffer.alloc(FILE)
    readSync(this.fd, bytes, 0, FILE, 0)
    return bytes
  }

  write(position: number, words: readonly number[]): void {
    const bytes = Buffer.from(Uint32Array.from(words).buffer)
    writeSync(this.fd, bytes, 0, bytes.length, position)
  }

  [Symbol.dispose](): void {
    this.lock.close()
    closeSync(this.fd)
  }
}

// ---- the model

function fits(offset: number, words: number): boolean {
  return offset % 4 === 0 && offset + words * 4 <= HEAP.size
}

function stepFits([op, offset, operand]: readonly number[]): boolean {
  if (op === 0) return fits(offset!, 1)
  if (op === 3) return fits(offset!, operand!)
  return (op === 1 || op === 2) && offset === 0 && operand === 0
}

function pieces(words: readonly number[], size: number): number[][] {
  return Array.from({ length: words.length / size }, (_, i) =>
    words.slice(i * size, (i + 1) * size),
  )
}

function accepts(plan: readonly number[]): boolean {
  const [guards, steps] = plan
  if (guards === undefined || steps === undefined || guards > 65536 || steps > 256) return false
  if (plan.length !== 2 + guards * 2 + steps * 3) return false
  return (
    pieces(plan.slice(2, 2 + guards * 2), 2).every(([offset]) => fits(offset!, 1)) &&
    pieces(plan.slice(2 + guards * 2), 3).every(stepFits)
  )
}

/** What the file is after an accepted plan; null where a guard does not hold. */
function after(file: Buffer, plan: readonly number[]): Buffer | null {
  const [guards] = plan
  const copy = Buffer.from(file)
  const heap = copy.subarray(HEAP.position, HEAP.position + HEAP.size)
  const held = pieces(plan.slice(2, 2 + guards! * 2), 2).every(
    ([offset, expected]) => heap.readUInt32LE(offset) === expected,
  )
  if (!held) return null
  for (const [op, offset, operand] of pieces(plan.slice(2 + guards! * 2), 3)) {
    if (op === 0) heap.writeUInt32LE(operand!, offset)
    if (op === 3) heap.fill(0, offset, offset! + operand! * 4)
  }
  return copy
}

// ---- what is tried

const anyWord = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 255, 256, 257, 1020, 1022, 1024, 65536, 65537),
  fc.constantFrom(0x3fffffff, 0x40000000, 0x55555556, 0x80000000, 0xfffffffc, 0xffffffff),
  fc.nat(0xffffffff),
)
const wordOffset = fc.nat(HEAP.size / 4 - 1).map((index) => index * 4)
const goodGuard = fc.tuple(wordOffset, fc.constantFrom(0, 0, 0, 7))
const goodStep = fc.oneof(
  fc.tuple(fc.constant(0), wordOffset, fc.nat(0xffffffff)),
  fc.constantFrom([1, 0, 0] as const, [2, 0, 0] as const),
  wordOffset.chain((offset) =>
    fc.tuple(fc.constant(3), fc.constant(offset), fc.nat((HEAP.size - offset) / 4)),
  ),
)
const goodPlan = fc
  .tuple(fc.array(goodGuard, { maxLength: 4 }), fc.array(goodStep, { maxLength: 6 }))
  .map(([guards, steps]) => [guards.length, steps.length, ...guards.flat(), ...steps.flat()])
const spoiltPlan = fc
  .tuple(goodPlan, fc.nat(40), anyWord, fc.constantFrom('put', 'cut', 'add'))
  .map(([plan, at, value, how]) => {
    if (how === 'add') return [...plan, value]
    const index = at % plan.length
    return how === 'cut' ? plan.slice(0, index) : plan.with(index, value)
  })

describe('plans that anybody could give', () => {
  it('are refused untouched, or do exactly what they say', () => {
    using world = new World()
    const { lock, report } = world
    // The lock file is in use from the start.
    lock.commit(Uint32Array.of(0, 0), OURS, report)
    const seen = { refused: 0, stale: 0, done: 0 }
    fc.assert(
      fc.property(fc.oneof(goodPlan, spoiltPlan, fc.array(anyWord, { maxLength: 20 })), (plan) => {
        const before = world.snapshot()
        if (!accepts(plan)) {
          assert.throws(() => lock.commit(Uint32Array.from(plan), OURS, report), { code: 'EINVAL' })
          assert.deepEqual(world.snapshot(), before)
          seen.refused++
          return
        }
        lock.commit(Uint32Array.from(plan), OURS, report)
        const expected = after(before, plan)
        assert.equal(report[0], expected === null ? Outcome.STALE : Outcome.DONE)
        assert.deepEqual(
          world.snapshot().subarray(0, RECORD),
          (expected ?? before).subarray(0, RECORD),
        )
        seen[expected === null ? 'stale' : 'done']++
      }),
      { numRuns: 3000 },
    )
    for (const [name, count] of Object.entries(seen)) assert.ok(count > 50, `${count} ${name}`)
  })

  it('have 256 steps at most', () => {
    using world = new World()
    for (const count of [256, 257]) {
      const plan = Uint32Array.from([
        0,
        count,
        ...Array.from({ length: count }, () => [0, 4, 9]).flat(),
      ])
      const commit = () => world.lock.commit(plan, OURS, world.report)
      if (count === 256) commit()
      else assert.throws(commit, { code: 'EINVAL' })
    }
  })

  it('come with an owner id, and an array for the report', () => {
    using world = new World()
    const { lock, report } = world
    const before = world.snapshot()
    const plan = Uint32Array.of(0, 1, 0, 0, 7)
    const commit = lock.commit as (...parameters: unknown[]) => void
    for (const id of [
      0,
      -1,
      1.5,
      2 ** 32,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      'x',
      null,
      undefined,
    ]) {
      assert.throws(() => commit(plan, id, report), { code: 'EINVAL' }, `id ${id}`)
    }
    for (const wrong of [new Uint32Array(3), new Int32Array(4), [0, 0, 0, 0], null, undefined]) {
      assert.throws(() => commit(plan, OURS, wrong), { code: 'EINVAL' })
    }
    for (const wrong of [
      new Int32Array(plan),
      new Uint8Array(20),
      [...plan],
      {},
      null,
      undefined,
    ]) {
      assert.throws(() => commit(wrong, OURS, report), { code: 'EINVAL' })
    }
    assert.throws(() => commit(), { code: 'EINVAL' })
    assert.deepEqual(world.snapshot(), before)
  })
})

describe('lock files that anybody could leave', () => {
  const MAGIC = 0x4b4c5351
  const head = fc.tuple(
    fc.constantFrom(MAGIC, MAGIC, MAGIC, MAGIC, 0, 1),
    fc.constantFrom(1, 1, 1, 1, 0, 2),
    fc.constantFrom(0, 1, 2, 2, 2, 3),
    fc.constantFrom(OURS, OURS, OURS, 0, 2, 123),
  )
  const counts = fc.tuple(fc.constantFrom(0, 1, 2, 3, 4, 256, 257, 0xffffffff), anyWord, anyWord)
  const step = fc.oneof(goodStep, goodStep, fc.tuple(anyWord, anyWord, anyWord))
  const left = fc.record({
    head,
    counts,
    progress: fc.constantFrom(0, 0, 1, 2, 5, 0xffffffff),
    steps: fc.array(step, { minLength: 4, maxLength: 4 }),
    register: fc.constantFrom(OURS, OURS, OURS, 0, 2, 123),
    discard: fc.boolean(),
  })

  it('store no word outside of the heap, and release nothing of others', () => {
    using world = new World()
    const { lock, report } = world
    const outcomes = new Set<number>()
    fc.assert(
      fc.property(left, ({ head, counts, progress, steps, register, discard }) => {
        world.write(RECORD, [...head, 0, 0, ...identity, ...counts])
        world.write(RECORD + 23 * 4, [progress])
        world.write(RECORD + 160 * 4, steps.flat())
        world.write(MUTEX, [register])
        const before = world.snapshot()
        lock.recover(discard, OURS, report)
        outcomes.add(report[0]!)
        const then = world.snapshot()
        const around = (file: Buffer) => [
          file.subarray(0, HEAP.position),
          file.subarray(HEAP.position + HEAP.size, MUTEX),
          file.subarray(MUTEX + 4, RECORD),
        ]
        assert.deepEqual(around(then), around(before))
        const owner = then.readUInt32LE(MUTEX)
        assert.ok(owner === register || owner === 0)
        if (register === 2) assert.equal(owner, 2)
        // Whatever is stored is a step of the page, and only under its mutex.
        const heap = (file: Buffer) => file.subarray(HEAP.position, HEAP.position + HEAP.size)
        const whole = counts[0] <= 4 && steps.slice(0, counts[0]).every(stepFits)
        if (!whole || head[3] !== register || head[2] !== 2) {
          assert.ok(counts[0] === 256 || heap(then).equals(heap(before)))
        }
      }),
      { numRuns: 3000 },
    )
    assert.deepEqual([...outcomes].sort(), [Outcome.DONE, Outcome.FOREIGN, Outcome.DAMAGED].sort())
  })
})
