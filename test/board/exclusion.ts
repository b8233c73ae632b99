// SPDX-License-Identifier: MIT
// The mutex between the real kernel and others: a remote processor keeps it out, and a process that uses
// the kernel's own owner id does not. The kernel allocates where the device of a remote processor is bound
// to its smp2p driver. No code of the library takes part in this.

import assert from 'node:assert/strict'
import type { Step } from './boot.js'
import { BUS, COMPLAINTS_COMMAND, loaded } from './kernel.js'
import { hex } from './machine.js'
import {
  IN_VAIN,
  LIBRARY,
  LOCK,
  MODEM,
  modemHoldsOut,
  modemReleases,
  modemTakes,
} from './remote.js'
import type { Part, Seen } from './scenario.js'

/** The kernel's owner id. */
export const KERNEL = 1

/** How long the kernel waits for the mutex. */
const KERNEL_PATIENCE = 1

/** Loads the drivers, but lets none of the smp2p devices be bound before a step says so. */
const LOAD_UNBOUND: Step = {
  name: 'load-unbound',
  command: `${loaded(['qcom_hwspinlock', 'smem'])}
    echo 0 > /sys/bus/platform/drivers_autoprobe
    ${loaded(['smp2p'])}`,
}

/**
 * Makes the kernel allocate the item of one remote processor. Meanwhile something is busy, for a processor
 * that waits with interrupts off does not count the time. Prints the times before and after.
 */
function binding(name: string, device: string): Step {
  const command = `while :; do :; done & busy=$!
    cut -d " " -f 1 /proc/uptime; echo ${device} > ${BUS}/qcom_smp2p/bind; status=$?
    cut -d " " -f 1 /proc/uptime; kill $busy; exit $status`
  return { name, command }
}

/** How long the binding took, in seconds of the guest's clock. */
function secondsOf(seen: Seen, step: string): number {
  const [before, after] = seen.result(step).out.trim().split('\n').map(Number)
  assert.ok(before !== undefined && after !== undefined, `${step} told no times`)
  return after - before
}

function write(name: string, value: number): Step {
  return { name, command: `memory write ${hex(LOCK.base)} ${value}` }
}

function owner(name: string): Step {
  return { name, command: `memory words ${hex(LOCK.base)} ${LOCK.size}` }
}

function ownerIn(seen: Seen, step: string): number {
  return Buffer.from(seen.output(step).trim(), 'hex').readUInt32LE()
}

/** The rule of the register, asked by a program without our code. */
export const STICKY_WRITES: Part = {
  steps: [LOAD_UNBOUND, write('take-1', 1), write('take-2', 2), write('free', 0), owner('freed')],
  async check(ledger, seen) {
    await ledger.check('control: a write to a taken register is ignored, 0 frees it', () => {
      seen.output(LOAD_UNBOUND.name)
      const read = ['take-1', 'take-2', 'free'].map((step) => Number(seen.output(step)))
      assert.deepEqual([...read, ownerIn(seen, 'freed')], [1, 1, 0, 0])
      return 'write 1: reads 1, write 2: reads 1, write 0: reads 0'
    })
  },
}

/** Of the kernel's answer where the mutex was not to be had. */
const TIMED_OUT = /Connection timed out|timed out/i

export const REMOTE_HOLDS: Part = {
  heading: 'The same machine: a remote processor holds the lock',
  steps: [
    modemTakes,
    owner('modem-holds'),
    binding('bind-refused', 'smp2p-modem'),
    { name: 'refused-log', command: 'dmesg -c | grep "smp2p-modem"' },
    modemReleases,
    binding('bind-released', 'smp2p-modem'),
    modemHoldsOut,
    binding('bind-waiting', 'smp2p-adsp'),
    owner('after-waiting'),
  ],
  async check(ledger, seen) {
    await ledger.check("the kernel's allocation fails after its second of patience", () => {
      assert.equal(ownerIn(seen, 'modem-holds'), MODEM)
      const { status, err } = seen.result('bind-refused')
      assert.notEqual(status, 0)
      assert.match(err, TIMED_OUT)
      const seconds = secondsOf(seen, 'bind-refused')
      assert.ok(Math.round(seconds * 100) >= KERNEL_PATIENCE * 100, `it took only ${seconds} s`)
      const log = seen.output('refused-log')
      assert.match(log, /error -110|-ETIMEDOUT/)
      return `after ${seconds.toFixed(2)} s: ${err.trim()}\n${log.trim()}`
    })
    await ledger.check(
      'once the remote processor frees the lock, the same allocation succeeds',
      () => {
        seen.output('bind-released')
        return `after ${secondsOf(seen, 'bind-released').toFixed(2)} s`
      },
    )
    await ledger.check('a lock that is freed in time lets the waiting kernel in', () => {
      seen.output('bind-waiting')
      assert.equal(ownerIn(seen, 'after-waiting'), 0)
      return `freed when the kernel had tried ${IN_VAIN} times; it was bound after ${secondsOf(seen, 'bind-waiting').toFixed(2)} s`
    })
  },
}

/** While this file is there, the kernel allocates. */
export const GO = '/tmp/go'

/**
 * Has the kernel allocate over and over on one processor, while `beside` runs on the other, from when that
 * makes the file `GO`; then tells how often it could and could not.
 */
export function allocatingBeside(name: string, beside: string): Step {
  const command = `cd ${BUS}/qcom_smp2p; touch /tmp/waiting
    while [ -e /tmp/waiting ]; do
      while [ -e ${GO} ]; do
        if echo smp2p-modem > bind; then
          echo smp2p-modem > unbind
          echo allocated
        else
          echo refused
        fi
      done
      usleep 20000
    done > /tmp/kernel & taskset -p 1 $! > /dev/null
    taskset 2 ${beside}
    status=$?; rm -f ${GO} /tmp/waiting; wait
    sort /tmp/kernel | uniq -c; exit $status`
  return { name, command }
}

/** Takes of the mutex by the control program; it goes on until the kernel came between. */
const TAKES = 20_000

/** Two who take turns: the real kernel, and a process with an id of its own. */
export const OWN_ID: Part = {
  steps: [
    LOAD_UNBOUND,
    allocatingBeside(
      'turns',
      `sh -c "touch ${GO}; memory contend ${hex(LOCK.base)} ${LIBRARY} ${TAKES}"`,
    ),
    { name: 'turns-log', command: COMPLAINTS_COMMAND },
    owner('after-turns'),
  ],
  async check(ledger, seen) {
    await ledger.check(
      'control: an id of its own keeps a process and the real kernel apart',
      () => {
        seen.output(LOAD_UNBOUND.name)
        const said = seen.output('turns')
        assert.match(said, new RegExp(`^taken [0-9]+ lost 0 owner-${KERNEL} [0-9]+\\n`))
        assert.match(said, / allocated/)
        assert.doesNotMatch(said, / refused/)
        assert.equal(seen.result('turns-log').out, '')
        assert.equal(ownerIn(seen, 'after-turns'), 0)
        return said
      },
    )
  },
}

/** What made this library necessary: user space that locks as the kernel does. */
export const KERNELS_OWN_ID: Part = {
  heading: "The same machine: user space takes the lock with the kernel's own id",
  steps: [
    write('take-as-kernel', KERNEL),
    binding('bind-through', 'smp2p-cdsp'),
    owner('after-through'),
  ],
  async check(ledger, seen) {
    await ledger.check('hazard: the kernel is not kept out, and frees the lock under it', () => {
      assert.equal(Number(seen.output('take-as-kernel')), KERNEL)
      seen.output('bind-through')
      assert.equal(ownerIn(seen, 'after-through'), 0)
      return 'the kernel allocated while the process held it, and then the register read 0'
    })
  },
}
