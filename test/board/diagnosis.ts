// SPDX-License-Identifier: MIT
// What doctor has to make of a machine: the problems that are there and no others, and the evidence and
// remedy of the one in question.

import assert from 'node:assert/strict'
import { cli, type Part } from './scenario.js'

export interface Diagnosis {
  /** Name of the step. */
  readonly name: string
  readonly title: string
  /** Runs the command with fewer rights: `drop root`. */
  readonly as?: string
  readonly canRead: boolean
  readonly canLock: boolean
  /** The checks that report a problem, all of them. */
  readonly problems: readonly string[]
  /** The check that is about the matter, and what it has to speak of. */
  readonly check: string
  readonly mentions: readonly RegExp[]
}

interface DoctorReport {
  readonly schema: string
  readonly ok: boolean
  readonly canRead: boolean
  readonly canLock: boolean
  readonly findings: readonly Finding[]
}

interface Finding {
  readonly check: string
  readonly status: string
  readonly title: string
  readonly evidence: readonly string[]
  readonly remedy: string | null
}

export function diagnosed(expected: Diagnosis): Part {
  const { name, title, as, canRead, canLock, problems, check, mentions } = expected
  return {
    steps: [cli(name, 'doctor --json', as)],
    async check(ledger, seen) {
      await ledger.check(`doctor ${title}`, () => {
        const { status, out, err } = seen.result(name)
        assert.notEqual(out, '', err)
        const report = JSON.parse(out) as DoctorReport
        assert.equal(report.schema, 'qcom-smem/doctor@1')
        const found = report.findings.filter((finding) => finding.status === 'problem')
        assert.deepEqual(
          [report.canRead, report.canLock, found.map((finding) => finding.check)],
          [canRead, canLock, problems],
        )
        assert.deepEqual([report.ok, status], problems.length === 0 ? [true, 0] : [false, 1])
        const finding = report.findings.find((one) => one.check === check)
        assert.ok(finding, `there is no finding ${check}`)
        const said = text(finding)
        for (const mention of mentions) assert.match(said, mention)
        return said
      })
    },
  }
}

function text({ status, title, evidence, remedy }: Finding): string {
  return [`${status}: ${title}`, ...evidence, ...(remedy === null ? [] : [`-> ${remedy}`])].join(
    '\n',
  )
}
