// SPDX-License-Identifier: MIT
// Files that are none, wherever one is named. A pipe must not be waited for, which only another process can show.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openRegular, readStart } from '#lib/dump/regular-file.js'
import { buildImage } from '#lib/testing/image.js'
import { BASE, v12 } from '../heap/images.js'
import { nodeCommand } from '../node.js'

const program = fileURLToPath(new URL('../../../../dist/cli.cjs', import.meta.url))

describe('what is no regular file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regular-'))
  const path = (name: string) => join(folder, name)
  before(() => {
    writeFileSync(path('smem.bin'), buildImage(v12).bytes)
    execFileSync('mkfifo', [path('pipe')])
    mkdirSync(path('pieces'))
    execFileSync('mkfifo', [path('pieces/DDRCS0_0.BIN')])
    writeFileSync(path('pieces/load.cmm'), `d.load.binary DDRCS0_0.BIN 0x${BASE.toString(16)}`)
    mkdirSync(path('list'))
    execFileSync('mkfifo', [path('list/dump_info.txt')])
  })
  after(() => rmSync(folder, { recursive: true }))

  const image = `file:${path('smem.bin')}`
  for (const [name, args, message] of [
    ['a dump', [`file:${path('pipe')}`], /EINVAL: .*pipe is not a regular file/],
    ['an auxiliary region', [image, '--aux', `0x60000=${path('pipe')}`], /pipe is not a regular/],
    ['a device tree', [image, '--dtb', path('pipe')], /pipe is not a regular file/],
    ['a piece of a ramdump', [`dir:${path('pieces')}`], /none of the files that load\.cmm tells/],
    ['a list of one', [`dir:${path('list')}`], /dump_info\.txt is not a regular file/],
  ] as const) {
    it(`is refused, not waited for, as ${name}`, () => {
      const [command, ...prefix] = nodeCommand()
      const { status, stderr, signal } = spawnSync(
        command,
        [...prefix, program, '--source', ...args, 'info'],
        // Against a run without end, not for a fast one.
        { encoding: 'utf8', timeout: 100_000 },
      )
      assert.deepEqual([status, signal], [2, null], stderr)
      assert.match(stderr, message)
    })
  }

  it('is told from what is not there, and from a folder', () => {
    assert.throws(() => openRegular(folder), { code: 'EISDIR', origin: 'input', hint: /dir:PATH/ })
    assert.throws(() => openRegular(path('none')), { code: 'ENOENT', origin: 'input' })
    assert.throws(() => openRegular('/dev/null'), { code: 'EINVAL', message: /not a regular/ })
  })

  it('has a start that is read alone, however large the file is', () => {
    writeFileSync(path('large'), 'start')
    truncateSync(path('large'), 5 * 2 ** 30)
    assert.equal(readStart(path('large'), 5).toString(), 'start')
    writeFileSync(path('empty'), '')
    assert.equal(readStart(path('empty'), 5).length, 0)
  })
})
