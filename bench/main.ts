// SPDX-License-Identifier: MIT
// `npm run bench`: everything side by side in one run, as one table; with --json for machines.

import { cpus } from 'node:os'
import { styleFor } from '#lib/cli/render/style.js'
import { allocSuite } from './alloc.js'
import { type Contest, measure, type Result, type Suite } from './contest.js'
import { copySuite } from './copy.js'
import { dumpSuite } from './dump.js'
import { metricsSuite } from './metrics.js'
import { mutexSuite } from './mutex.js'
import { partitionSuite } from './partition.js'
import { pin } from './pin.js'
import { reportSuite } from './report.js'
import { serveSuite } from './serve.js'
import { startSuite } from './start.js'
import { table } from './table.js'
import { tocSuite } from './toc.js'
import { type WatchFigure, watchFigure, watchText } from './watch.js'

const ROUNDS = 101
/** Whole processes take longer, and vary less. */
const STARTS = 31
const DUMPS = 5
const WATCH_SECONDS = 10

const json = process.argv.includes('--json')
const results: Result[] = []

async function run(make: () => Suite | Promise<Suite>): Promise<void> {
  const suite = await make()
  try {
    for (const contest of suite.contests) results.push(await told(contest))
  } finally {
    suite.close()
  }
}

async function told(contest: Contest): Promise<Result> {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${contest.name} / ${contest.against} ...`)
  const result = await measure(contest)
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return result
}

const { processor, release } = pin()
await run(() => tocSuite(ROUNDS))
await run(() => copySuite(ROUNDS))
await run(() => partitionSuite(200, ROUNDS))
await run(() => partitionSuite(2000, ROUNDS))
await run(() => allocSuite(ROUNDS))
await run(() => mutexSuite(ROUNDS))
await run(() => metricsSuite(ROUNDS))
await run(() => serveSuite(ROUNDS))
// Whole processes run as they do for users: wherever the kernel puts them.
release()
await run(() => startSuite(STARTS))
await run(() => reportSuite(STARTS))
await run(() => dumpSuite(DUMPS, { full: 512 * 2 ** 20, sparse: 4 * 2 ** 30 }))
/** What a watch costs while nothing changes, and while much does. */
const watched: WatchFigure[] = []
for (const changing of [0, 10]) watched.push(await watchFigure(changing, WATCH_SECONDS))

const machine = {
  node: process.version,
  arch: process.arch,
  cpu: cpus()[0]?.model ?? null,
  pinned: processor,
}
if (json) {
  console.log(JSON.stringify({ schema: 'qcom-smem/bench@1', machine, results, watched }, null, 2))
} else {
  const where = processor === null ? 'not pinned' : `pinned to processor ${processor}`
  console.log(`node ${machine.node}, ${machine.arch}, ${machine.cpu ?? 'unknown'}, ${where}`)
  console.log(
    `${ROUNDS} rounds in turns, ${STARTS} of whole processes; RATIO is the median of their ratios\n`,
  )
  const style = styleFor(process.stdout.isTTY === true, process.env)
  console.log(`${table(results, style)}\n${watched.map(watchText).join('\n')}`)
}
