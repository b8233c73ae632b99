// SPDX-License-Identifier: MIT
// Runs the virtual board: `node main.js CACHE PROJECT`, after fetch.sh and the builds of run.sh. Prints
// what the kernel and the library each saw; the last line is `N passed, N failed`.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCache } from './cache.js'
import { commonFiles, copied } from './initramfs.js'
import { Ledger } from './ledger.js'
import { RAM } from './machine.js'
import { firmware } from './remoteproc.js'
import { type Bench, run, type Scenario, type Seen } from './scenario.js'
import { scenarios } from './scenarios.js'
import { Turns } from './turns.js'

/** Boots at a time. */
const AT_ONCE = 2

const [cacheRoot = '', project = '', only = ''] = process.argv.slice(2)
const built = join(project, 'build/board')
const folder = mkdtempSync(join(roomiest(), 'qcom-smem-board-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const cache = openCache(cacheRoot)
const here = join(project, 'test/board')
const installed = 'opt/qcom-smem'
const bench: Bench = {
  cache,
  folder,
  mutex: join(built, 'tcsr.so'),
  common: commonFiles(cache),
  installed: new Map([
    ...firmware(),
    ...copied({
      init: join(here, 'guest/init'),
      'bin/memory': join(built, 'memory'),
      'bin/drop': join(built, 'drop'),
      [`${installed}/package.json`]: join(project, 'package.json'),
      [`${installed}/dist`]: join(project, 'dist'),
      [`${installed}/prebuilds/linux-arm64/qcom_smem.node`]: join(
        built,
        'arm64/Release/qcom_smem.node',
      ),
      [`${installed}/board`]: join(built, 'guest'),
    }),
  ]),
}

const ledger = new Ledger()
const program = join(project, 'dist/cli.cjs')
const all = scenarios({ program, folder }).filter(({ name }) => name.includes(only))
for (const [scenario, outcome] of start(all)) {
  ledger.heading(scenario.title)
  const seen = await outcome
  await ledger.check("boots Debian's stock kernel and runs to the end", () => {
    const { kernel, seconds } = seen.transcript
    assert.equal(kernel, cache.kernelRelease)
    return `Linux ${kernel}, done after ${seconds} s of its own clock`
  })
  for (const { heading, check } of scenario.parts) {
    if (heading !== undefined) ledger.heading(heading)
    await check(ledger, seen)
  }
}
process.exitCode = ledger.close() ? 0 : 1

/** Starts all boots, a few at a time, in order. */
function start(list: readonly Scenario[]): Map<Scenario, Promise<Seen>> {
  const turns = new Turns(AT_ONCE)
  const boot = (scenario: Scenario) => turns.take(() => run(scenario, bench))
  return new Map(list.map((scenario) => [scenario, boot(scenario)]))
}

/** Memory-backed if there is room for the RAM of the boots that run at once. */
function roomiest(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    if (bavail * bsize > AT_ONCE * RAM.size) return '/dev/shm'
  } catch {
    // there is none
  }
  return tmpdir()
}
