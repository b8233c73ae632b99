// SPDX-License-Identifier: MIT
// A command that has to fail: with nothing on stdout, one error as JSON on stderr that gives a hint, and
// the exit code that scripts branch on.

import assert from 'node:assert/strict'
import { cli, type Part } from './scenario.js'

export interface Refusal {
  /** Name of the step. */
  readonly name: string
  /** Default: `list`. */
  readonly command?: string
  readonly title: string
  /** Runs the command with fewer rights: `drop root`. */
  readonly as?: string
  readonly exitCode: number
  readonly code: string
  /** What the hint has to speak of. */
  readonly hint?: RegExp
}

/** A command in circumstances in which it cannot work. */
export function refused(refusal: Refusal): Part {
  const { name, command = 'list', title, as, exitCode, code, hint = /./ } = refusal
  return {
    steps: [cli(name, `${command} --json`, as)],
    async check(ledger, seen) {
      await ledger.check(`${title}: ${code}, exit code ${exitCode}`, () => {
        const { status, out, err } = seen.result(name)
        assert.equal(out, '')
        assert.equal(status, exitCode, err)
        const error = JSON.parse(err) as Readonly<
          Record<'schema' | 'code' | 'message' | 'hint', string>
        >
        assert.deepEqual([error.schema, error.code], ['qcom-smem/error@1', code])
        assert.match(error.hint ?? '', hint)
        return `${error.code}: ${error.message}\nhint: ${error.hint}`
      })
    },
  }
}
