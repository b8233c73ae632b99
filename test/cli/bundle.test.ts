// SPDX-License-Identifier: MIT
// The command as it is shipped: one file, and beside it what the compiler made of it, which may be missing, another
// program's, or cut off.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import { nodeCommand } from '../node.js'

const dist = fileURLToPath(new URL('../../../../dist', import.meta.url))

describe('the one-file command', () => {
  let folder = ''
  const path = (name: string) => join(folder, name)
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qcom-smem-bundle-'))
    copyFileSync(join(dist, 'cli.cjs'), path('cli.cjs'))
    writeFileSync(path('smem.bin'), buildImage(findProfile('sdm845').describe()).bytes)
  })
  after(() => rmSync(folder, { recursive: true }))

  /** What `args` print, from a folder that has nothing but these two files. */
  function printed(cache: Uint8Array | null, ...args: string[]): string {
    rmSync(path('cli.cache'), { force: true })
    if (cache !== null) writeFileSync(path('cli.cache'), cache)
    const [command, ...prefix] = nodeCommand()
    const source = ['--source', `file:${path('smem.bin')}`]
    const ran = spawnSync(command, [...prefix, path('cli.cjs'), ...source, ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.deepEqual([ran.status, ran.stderr], [0, ''])
    return ran.stdout
  }

  it('needs no other file, whatever it is asked for', () => {
    assert.match(printed(null, 'list'), /SMEM_HW_SW_BUILD_ID/)
    assert.match(printed(null, 'show', '137', '--hex'), /format = 0\.12/)
    assert.match(printed(null, 'find'), /certain/)
    assert.match(printed(null, 'boards', 'sdm845'), /0x86000000/)
  })

  it('says the same with what the compiler made of it, or of something else, or half of it', () => {
    const cache = readFileSync(join(dist, 'cli.cache'))
    const listed = printed(null, 'list', '--json')
    const others: [string, Uint8Array][] = [
      ['its own', cache],
      ['none at all', new Uint8Array()],
      ['text', Buffer.from('{"id":')],
      ["another program's", Buffer.concat([Buffer.from('{"id":"0","spans":{}}\n'), cache])],
      ['cut off', cache.subarray(0, 5000)],
    ]
    for (const [what, bytes] of others) assert.equal(printed(bytes, 'list', '--json'), listed, what)
  })
})
