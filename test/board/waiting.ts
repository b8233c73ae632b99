// SPDX-License-Identifier: MIT
// The library at the mutex: it waits for whoever holds the lock, says who that is when its patience ends, and
// keeps the real kernel out while it holds the lock itself.

import assert from 'node:assert/strict'
import type { Meeting } from './boot.js'
import { allocatingBeside, GO, KERNEL } from './exclusion.js'
import { INSTALLED } from './initramfs.js'
import { BUS, COMPLAINTS_COMMAND } from './kernel.js'
import { IGNORED, IN_VAIN, LIBRARY, LOCK, MODEM, RemoteProcessor } from './remote.js'
import { cli, type Part, type Seen } from './scenario.js'
import type { Edge } from './tree.js'

const ITEM = { id: 300, size: 64 }
const ALLOC = `alloc ${ITEM.id} ${ITEM.size} --write --json`

/** Exit code of the command line. */
const LOCK_TIMEOUT = 7

const takes =
  (id: number): Meeting =>
  (memory) =>
    new RemoteProcessor(memory, id).take()
const releases =
  (id: number): Meeting =>
  (memory) =>
    new RemoteProcessor(memory, id).release()

/** The host holds the lock, as the modem and as if it were the kernel. */
export const WE_WAIT: Part = {
  heading: 'The same machine: the library wants to allocate while others hold the lock',
  steps: [
    takes(MODEM),
    cli('modem-holds-it', ALLOC),
    releases(MODEM),
    takes(KERNEL),
    cli('kernel-holds-it', ALLOC),
    releases(KERNEL),
    cli('nobody-holds-it', ALLOC),
    cli('there-now', `show ${ITEM.id} --json`),
  ],
  async check(ledger, seen) {
    await ledger.check('alloc gives up after its second, and names the modem', () =>
      refusal(seen, 'modem-holds-it', MODEM, /modem/i),
    )
    await ledger.check('alloc gives up for the owner id of the kernel, and names the kernel', () =>
      refusal(seen, 'kernel-holds-it', KERNEL, /kernel/),
    )
    await ledger.check('once the lock is free, the same alloc succeeds', () => {
      const { written, item } = seen.json('nobody-holds-it') as { written: boolean; item: object }
      assert.equal(written, true)
      assert.deepEqual((seen.json('there-now') as { item: object }).item, item)
      return JSON.stringify(item)
    })
  },
}

interface Failure {
  readonly code: string
  readonly message: string
  readonly host: number | null
}

function refusal(seen: Seen, step: string, owner: number, name: RegExp): string {
  const { status, out, err } = seen.result(step)
  assert.deepEqual([out, status], ['', LOCK_TIMEOUT], err)
  const error = JSON.parse(err) as Failure
  assert.deepEqual([error.code, error.host], ['ETIMEDOUT', owner - 1])
  assert.match(error.message, new RegExp(`owner id ${owner}\\b`))
  assert.match(error.message, name)
  return error.message
}

/** A remote processor that nothing is wrong with, for an allocation of the kernel that we hold up. */
export const LATE: Edge = { name: 'late', host: 5, receive: 444, send: 445 }

const holding = `node ${INSTALLED}/board/holding.js ${LOCK.base} ${LIBRARY} ${IGNORED.base} ${IN_VAIN}`
const bind = `echo smp2p-${LATE.name} > ${BUS}/qcom_smp2p/bind`

/** What `guest/holding.ts` tells. */
interface Held {
  readonly taken: boolean
  readonly inVain: number
  readonly ownerBefore: number
  readonly released: boolean
  readonly status: number
}

/** The library has the lock on one processor, the kernel wants it on the other. */
export const KERNEL_WAITS: Part = {
  heading: 'The same machine: the library holds the lock while the kernel wants to allocate',
  steps: [
    {
      name: 'we-hold',
      command: `dmesg -c > /dev/null; taskset 2 ${holding} taskset 1 sh -c "${bind}"`,
    },
    { name: 'we-hold-log', command: COMPLAINTS_COMMAND },
  ],
  async check(ledger, seen) {
    await ledger.check('the allocation of the kernel waits for us, and then succeeds', () => {
      const { inVain, ...rest } = seen.json('we-hold') as Held
      const expected = { taken: true, ownerBefore: LIBRARY, released: true, status: 0 }
      assert.deepEqual(rest, expected, seen.result('we-hold').err)
      assert.ok(inVain >= IN_VAIN)
      assert.equal(seen.result('we-hold-log').out, '')
      return `it tried ${inVain} times in vain while we held the lock, and allocated when we let go`
    })
  },
}

const PATIENT = 5
const IMPATIENT = 200

/** The real kernel has the lock, for a time that can be seen. */
export const KERNEL_HOLDS: Part = {
  heading: 'The same machine: the library allocates while the real kernel does',
  steps: [
    allocatingBeside(
      'beside',
      `node ${INSTALLED}/board/impatient.js ${GO} 100 ${IMPATIENT} ${PATIENT}`,
    ),
    { name: 'beside-log', command: COMPLAINTS_COMMAND },
  ],
  async check(ledger, seen) {
    const said = () => {
      const [first = '', ...counted] = seen.output('beside').split('\n')
      return { ...(JSON.parse(first) as { refusal: Failure | null; longest: number }), counted }
    }
    await ledger.check('an impatient alloc times out, and names the real kernel', () => {
      const { refusal } = said()
      assert.ok(refusal, `none of ${IMPATIENT} did`)
      assert.deepEqual([refusal.code, refusal.host], ['ETIMEDOUT', KERNEL - 1])
      assert.match(refusal.message, /kernel \(owner id 1\)/)
      return refusal.message
    })
    await ledger.check('a patient one waits for the kernel, and the kernel for it', () => {
      const { longest, counted } = said()
      assert.match(counted.join('\n'), / allocated/)
      assert.doesNotMatch(counted.join('\n'), / refused/)
      assert.equal(seen.result('beside-log').out, '')
      return `${PATIENT} allocations, at most ${Math.round(longest)} ms each; the kernel: ${counted.join(' ').trim()}`
    })
  },
}
