// SPDX-License-Identifier: MIT
// Runs the mocha suites of some rooms (`native port`, `all`, or `all -docs` without one) for a lane, under the node that
// QCOM_SMEM_TEST_NODE names. Says what failed; the last line is "N passed, N failed". What was not run counts as
// failed: a skipped test, a file without a single test, and all that a crash cut off.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const rooms = process.argv.slice(2)
// These have lanes of their own.
const apart = [
  'board',
  'dtbs',
  'death',
  'debuggers',
  'browser',
  'metrics',
  'shells',
  'prebuild',
  'reference',
  'examples',
]
const files = readdirSync('build/ts/test', { recursive: true })
  .filter((name) => name.endsWith('.test.js'))
  .filter((name) => {
    const room = name.split('/')[0]
    if (rooms.some((word) => word[0] === '-' && name.startsWith(`${word.slice(1)}/`))) return false
    return rooms.includes(room) || (rooms.includes('all') && !apart.includes(room))
  })
  .map((name) => resolve('build/ts/test', name))

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
    ...['--no-config', ...files],
    ...['--timeout', timeout, '--reporter', 'json', '--reporter-option', `output=${report}`],
  ],
  // The report would go to stdout too; only the lane's own lines do.
  { stdio: ['ignore', 'ignore', 'inherit'] },
)

const failures = []
let passed = 0
try {
  const { tests, passes, failures: failed, pending } = JSON.parse(readFileSync(report, 'utf8'))
  passed = passes.length
  for (const { fullTitle, err } of failed)
    failures.push(`${fullTitle}\n${err.stack ?? err.message}`)
  for (const { fullTitle } of pending) failures.push(`skipped: ${fullTitle}`)
  const run = new Set([...tests, ...failed].map(({ file }) => file))
  for (const file of files) if (!run.has(file)) failures.push(`${file} ran no test`)
} catch (error) {
  failures.push(
    `mocha ended with ${signal ?? `exit code ${status}`}, without a report: ${error.message}`,
  )
}
rmSync(folder, { recursive: true })
if (failures.length === 0 && (status !== 0 || passed === 0)) {
  failures.push(`${signal ?? `exit code ${status}`} after ${passed} tests of ${rooms.join(', ')}`)
}

for (const failure of failures) console.log(`FAILED: ${failure.replaceAll('\n', '\n  ')}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length === 0 ? 0 : 1)
