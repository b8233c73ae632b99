// SPDX-License-Identifier: MIT
// Runs in the guest: holds the mutex until the kernel has wanted it in vain for an allocation, and lets go in
// time. Arguments: address of the register, owner id, address of the count of ignored writes, how many there
// have to be, and the command that makes the kernel allocate. Prints what came of it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync } from 'node:fs'
import { LockWord } from '#lib/lock/word.js'
import { openDevMem } from '#lib/port/devmem.js'

const [address, owner, counter, enough, program = '', ...rest] = process.argv.slice(2)
const id = Number(owner)
const fd = openSync('/dev/mem', constants.O_RDWR | constants.O_SYNC)
const word = new LockWord({ fd, position: Number(address), field: 0 }, Number(address))
closeSync(fd)
const ignored = openDevMem(Number(counter), 4)

const taken = word.tryLock(id)
const before = ignored.read32(0)
const kernel = spawn(program, rest, { stdio: 'inherit' })
const ended = once(kernel, 'exit')
// Not asleep: the timer might be served by the processor that waits with its interrupts off.
while (ignored.read32(0) - before < Number(enough));
const ownerBefore = word.owner()
const inVain = ignored.read32(0) - before
const released = word.unlock(id)
const [status] = await ended
console.log(JSON.stringify({ taken, inVain, ownerBefore, released, status }))
word.close()
ignored.close()
