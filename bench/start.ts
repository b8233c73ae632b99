// SPDX-License-Identifier: MIT
// The whole life of a process: the command line against a node that does nothing.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import { type Contest, type Runner, type Suite, timed } from './contest.js'

/** This file is build/ts/bench/start.js. */
const program = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

/** `node`: the command that starts it, and its first arguments. */
export function startSuite(rounds: number, node: readonly string[] = [process.execPath]): Suite {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-bench-'))
  const file = join(folder, 'smem.bin')
  writeFileSync(file, buildImage(findProfile('sdm845').describe()).bytes)
  const contest = (args: readonly string[], goal?: Contest['goal']): Contest => ({
    name: `qcom-smem ${args.join(' ').replace(file, 'IMG')}`,
    against: 'node -e 0',
    ...(goal === undefined ? {} : { goal }),
    count: 1,
    rounds,
    ours: life([...node, program, ...args]),
    reference: life([...node, '-e', '0']),
  })
  return {
    contests: [
      contest(['--source', 'fake', 'list', '--json'], { ratio: 1.35 }),
      contest(['--source', `file:${file}`, 'list', '--json'], { ratio: 1.35 }),
      contest(['--version']),
    ],
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** A process from its start to its end. */
function life([command, ...args]: readonly string[]): Runner {
  return timed((count) => {
    let bytes = 0
    for (let i = 0; i < count; i++) {
      const { status, stdout, stderr } = spawnSync(command!, args)
      if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
      bytes += stdout.length
    }
    return bytes
  })
}
