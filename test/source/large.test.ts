// SPDX-License-Identifier: MIT
// A dump of 4 GiB, through the program as users run it: what is listed is right, and the dump is not read into memory.
// How long it takes is for the benchmarks to say.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { qcomSmem } from '../cli/terminal.js'
import { nodeCommand } from '../node.js'

const program = fileURLToPath(new URL('../../../../dist/cli.cjs', import.meta.url))

const GIB = 2 ** 30
/** KiB. */
const MOST_MEMORY = 200 * 1024

describe('a dump of 4 GiB', () => {
  let folder: string
  let dump: string
  let alone: string
  let told: string
  const { bytes } = buildImage(profiles.sdm845.describe())

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'large-'))
    dump = join(folder, 'ram.bin')
    alone = join(folder, 'smem.bin')
    told = join(folder, 'told.cjs')
    writeFileSync(alone, bytes)
    writeFileSync(
      told,
      `process.on('exit', () => {
        require('node:fs').writeSync(2, 'maxRSS ' + process.resourceUsage().maxRSS)
      })`,
    )
    const fd = openSync(dump, 'w')
    writeSync(fd, bytes, 0, bytes.length, 2 * GIB)
    closeSync(fd)
    truncateSync(dump, 4 * GIB)
  })
  after(() => rmSync(folder, { recursive: true }))

  for (const args of [
    ['list', '--json'],
    ['find', '--json'],
    ['show', '137', '--json'],
  ]) {
    it(`is opened in little memory: ${args[0]}`, async () => {
      const [command, ...prefix] = nodeCommand()
      const { status, stdout, stderr } = spawnSync(
        command,
        [...prefix, '--require', told, program, '--source', `file:${dump}`, ...args],
        { encoding: 'utf8' },
      )
      assert.equal(status, 0, stderr)
      const [, maxRss] = /^maxRSS (\d+)$/.exec(stderr)!
      // An emulator counts as well, and is larger than what it runs.
      if (process.env.QCOM_SMEM_TEST_NODE === undefined) {
        assert.ok(Number(maxRss) < MOST_MEMORY, `${maxRss} KiB`)
      }
      const found = JSON.parse(stdout)
      if (args[0] === 'find') {
        const { position, address, sure } = found.candidates[0]
        assert.equal(found.candidates.length, 1)
        assert.deepEqual([position, address, sure], [2 * GIB, '0x86000000', 'certain'])
      } else {
        const { out } = await qcomSmem('--source', `file:${alone}`, ...args)
        assert.deepEqual(found, JSON.parse(out))
      }
    })
  }
})
