// SPDX-License-Identifier: MIT
// The command as it is shipped: one file. What the compiler made of it is kept elsewhere at its first use, and may be
// missing, or anything at all.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
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
  function printed(env: NodeJS.ProcessEnv, ...args: string[]): string {
    const [command, ...prefix] = nodeCommand()
    const source = ['--source', `file:${path('smem.bin')}`]
    const ran = spawnSync(command, [...prefix, path('cli.cjs'), ...source, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    assert.deepEqual([ran.status, ran.stderr], [0, ''])
    return ran.stdout
  }

  it('needs no other file, whatever it is asked for', () => {
    const none = { NODE_DISABLE_COMPILE_CACHE: '1' }
    assert.match(printed(none, 'list'), /SMEM_HW_SW_BUILD_ID/)
    assert.match(printed(none, 'show', '137', '--hex'), /format = 0\.12/)
    assert.match(printed(none, 'find'), /certain/)
    assert.match(printed(none, 'boards', 'sdm845'), /0x86000000/)
  })

  it('says the same with what the compiler made of it, or with anything else in its place', () => {
    const listed = printed({ NODE_DISABLE_COMPILE_CACHE: '1' }, 'list', '--json')
    const home = { XDG_CACHE_HOME: path('cache'), NODE_DISABLE_COMPILE_CACHE: '' }
    const list = () => printed(home, 'list', '--json')
    assert.equal(list(), listed, 'the first time')
    const kept = readdirSync(path('cache/qcom-smem')).map((name) => path(`cache/qcom-smem/${name}`))
    assert.equal(kept.length, 1)
    const [file] = kept as [string]
    const made = readFileSync(file)
    const { mtimeMs } = statSync(file)
    assert.equal(list(), listed, 'the second time')
    assert.equal(statSync(file).mtimeMs, mtimeMs, 'nothing new is kept')
    const head = made.subarray(0, 4096)
    const others: [string, Uint8Array][] = [
      ['nothing', new Uint8Array()],
      ['text', Buffer.from('{"id":')],
      ['half of it', made.subarray(0, made.length >> 1)],
      ['its head only', head],
      ['its head, and bytes that no compiler made', Buffer.alloc(made.length, 0xa5)],
    ]
    head.copy(others.at(-1)![1])
    for (const [what, bytes] of others) {
      writeFileSync(file, bytes)
      assert.equal(list(), listed, what)
      assert.notDeepEqual(readFileSync(file), Buffer.from(bytes), what)
    }
    assert.equal(
      printed({ XDG_CACHE_HOME: '/dev/null' }, 'list', '--json'),
      listed,
      'no place for it',
    )
  })

  it('keeps what other commands need when they are used', () => {
    const home = { XDG_CACHE_HOME: path('grown'), NODE_DISABLE_COMPILE_CACHE: '' }
    const size = () => {
      const [name] = readdirSync(path('grown/qcom-smem'))
      return statSync(path(`grown/qcom-smem/${name}`)).size
    }
    printed(home, 'list')
    const before = size()
    printed(home, 'partitions')
    assert.ok(size() > before)
  })
})
