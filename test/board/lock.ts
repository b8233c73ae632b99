// SPDX-License-Identifier: MIT
// The page of SMEM's lock: whether the kernel gives it out, asked by a program without our code, and what
// `info` tells of it while a remote processor, played by the host, holds the lock.

import assert from 'node:assert/strict'
import type { Meeting } from './boot.js'
import { hex, LOCK_INDEX, LOCK_STRIDE, MUTEX_BANK } from './machine.js'
import { MODEM } from './remote.js'
import { cli, type Part } from './scenario.js'

const PAGE = { base: MUTEX_BANK.base + LOCK_INDEX * LOCK_STRIDE, size: LOCK_STRIDE }

export function lockPage(given: boolean): Part {
  return {
    steps: [{ name: 'map-lock', command: `memory map ${hex(PAGE.base)} ${PAGE.size}` }],
    async check(ledger, seen) {
      const verb = given ? 'gives out' : 'refuses'
      await ledger.check(`control: the kernel ${verb} the page of the lock`, () => {
        assert.equal(seen.result('map-lock').out, given ? 'mapped\n' : 'mmap: EPERM\n')
      })
    },
  }
}

export const LOCK_OWNER: Part = {
  steps: [register(MODEM), cli('owner', 'info --json'), register(0)],
  async check(ledger, seen) {
    await ledger.check('info shows which processor holds the lock', () => {
      const { hwlock } = seen.json('owner') as { hwlock: { index: number; owner: number } }
      assert.deepEqual([hwlock.index, hwlock.owner], [LOCK_INDEX, MODEM])
      return JSON.stringify(hwlock)
    })
  },
}

function register(value: number): Meeting {
  return (memory) => {
    const word = Buffer.alloc(4)
    word.writeUInt32LE(value)
    memory.write(PAGE, word)
  }
}
