// SPDX-License-Identifier: MIT
// A command that has to fail: with nothing on stdout, one error as JSON on stderr that gives a hint, and
// the exit code that scripts branch on.

import assert from 'node:assert/strict'
import { cli, type Part } from './scenario.js'

export interface Refusal {
  /** Name of the step. */
  readonly name: string
  readonly title: string
  /** Runs the command with fewer rights: `drop root`. */
  readonly as?: string
  readonly exitCode: number
  readonly code: string
}

/** `list` in circumstances in which it cannot work. */
export function refused({ name, title, as, exitCode, code }: Refusal): Part {
  return {
    steps: [cli(name, 'list --json', as)],
    async check(ledger, seen) {
      await ledger.check(`${title}: ${code}, exit code ${exitCode}`, () => {
        const { status, out, err } = seen.result(name)
        assert.equal(out, '')
        assert.equal(status, exitCode, err)
        const error = JSON.parse(err) as Readonly<
          Record<'schema' | 'code' | 'message' | 'hint', string>
        >
        assert.deepEqual([error.schema, error.code], ['qcom-smem/error@1', code])
        assert.ok(error.hint, 'it gives no hint')
        return `${error.code}: ${error.message}\nhint: ${error.hint}`
      })
    },
  }
}
