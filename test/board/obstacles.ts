// SPDX-License-Identifier: MIT
// What stands in the way on real machines: missing rights, a locked-down kernel, a claimed mutex page, a
// device tree without SMEM. For each, the error and exit code of the command line, and what doctor says.

import assert from 'node:assert/strict'
import type { Meeting, Step } from './boot.js'
import type { Ledger } from './ledger.js'
import { hex, LOCK_INDEX, LOCK_STRIDE, MUTEX_BANK } from './machine.js'
import { cli, type Seen } from './scenario.js'

/** Page of SMEM's own lock. */
export const LOCK_PAGE = { base: MUTEX_BANK.base + LOCK_INDEX * LOCK_STRIDE, size: LOCK_STRIDE }

export const DOCTOR: Step = cli('doctor', 'doctor --json')
export const MAP_LOCK: Step = {
  name: 'map-lock',
  command: `memory map ${hex(LOCK_PAGE.base)} ${LOCK_PAGE.size}`,
}

/** A command that has to fail: how, and by which error. */
export interface Refusal {
  readonly title: string
  readonly step: string
  readonly exitCode: number
  readonly code: string
}

export async function checkRefusal(ledger: Ledger, seen: Seen, refusal: Refusal): Promise<void> {
  const { title, step, exitCode, code } = refusal
  await ledger.check(`${title}: ${code}, exit code ${exitCode}`, () => {
    const { status, out, err } = seen.result(step)
    assert.equal(out, '')
    assert.equal(status, exitCode, err)
    const error = JSON.parse(err) as { schema: string; code: string; message: string; hint: string }
    assert.deepEqual([error.schema, error.code], ['qcom-smem/error@1', code])
    assert.ok(error.hint, 'it gives no hint')
    return `${error.code}: ${error.message}\nhint: ${error.hint}`
  })
}

/** That doctor's report speaks of all of these. */
export async function checkDoctor(
  ledger: Ledger,
  seen: Seen,
  title: string,
  mentions: readonly RegExp[],
  step = DOCTOR.name,
): Promise<void> {
  await ledger.check(`doctor ${title}`, () => {
    const { out, err } = seen.result(step)
    const report = JSON.parse(out) as { schema: string }
    assert.equal(report.schema, 'qcom-smem/doctor@1', err)
    for (const mention of mentions) assert.match(out, mention)
    return out
  })
}

/** A remote processor takes SMEM's lock. */
export const takeLock: (owner: number) => Meeting = (owner) => async (memory) => {
  const word = Buffer.alloc(4)
  word.writeUInt32LE(owner)
  memory.write(LOCK_PAGE, word)
}
