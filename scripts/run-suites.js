// SPDX-License-Identifier: MIT
// Runs the mocha suites of some rooms (`native port`, or `all`) for a lane, under the node that
// QCOM_SMEM_TEST_NODE names. Says what failed and what was skipped; the last line is "N passed, N failed".
// A crash counts as a failure, and so does a run without a single test.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const rooms = process.argv.slice(2)
const all = rooms.includes('all')
const specs = rooms.map((room) => `build/ts/test/${room}/**/*.test.js`)

const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-lane-'))
const report = join(folder, 'report.json')
const words = (process.env.QCOM_SMEM_TEST_NODE ?? '').split(' ').filter((word) => word !== '')
const [command, ...prefix] = words.length > 0 ? words : [process.execPath]
const mocha = join(createRequire(import.meta.url).resolve('mocha/package.json'), '../bin/mocha.js')
const timeout = process.env.QCOM_SMEM_TEST_TIMEOUT ?? '60000'

const { status, signal } = spawnSync(
  command,
  [
    ...prefix,
    mocha,
    ...(all ? [] : ['--no-config', ...specs]),
    ...['--timeout', timeout, '--reporter', 'json', '--reporter-option', `output=${report}`],
  ],
  // The report would go to stdout too; only the lane's own lines do.
  { stdio: ['ignore', 'ignore', 'inherit'] },
)

let passed = 0
let failed = 0
try {
  const { passes, failures, pending } = JSON.parse(readFileSync(report, 'utf8'))
  passed = passes.length
  failed = failures.length
  for (const { fullTitle } of pending) console.log(`skipped: ${fullTitle}`)
  for (const { fullTitle, err } of failures) {
    console.log(
      `FAILED: ${fullTitle}\n  ${(err.stack ?? err.message ?? '').replaceAll('\n', '\n  ')}`,
    )
  }
} catch {
  console.log('mocha left no report')
}
rmSync(folder, { recursive: true })

if (failed === 0 && (status !== 0 || passed === 0)) {
  failed = 1
  console.log(
    `FAILED: ${signal ?? `exit code ${status}`} after ${passed} tests of ${rooms.join(', ')}`,
  )
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
