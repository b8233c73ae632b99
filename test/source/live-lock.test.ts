// SPDX-License-Identifier: MIT
// The lock file of live memory: one for each memory, whatever its path is spelled like.

import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { LOCK_FILE } from '#lib/lock/lock-file.js'
import { liveLockFile } from '#lib/source/live-lock.js'

describe('the lock file of live memory', () => {
  let folder: string
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'live-lock-')))
    writeFileSync(join(folder, 'memory'), '')
    symlinkSync('memory', join(folder, 'alias'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it("is the machine's, also where its memory is named", () => {
    for (const device of [undefined, '/dev/mem', '/dev/../dev/mem', '//dev/mem']) {
      assert.deepEqual(liveLockFile({ device }), { path: LOCK_FILE, position: 0, plain: true })
    }
  })

  it('is one for a file that stands in for it, by every path', () => {
    const memory = join(folder, 'memory')
    for (const device of [memory, join(folder, 'alias'), relative('.', memory)]) {
      assert.equal(liveLockFile({ device }).path, `${memory}.lock`)
    }
  })

  it('is beside a memory that is not there', () => {
    const device = join(folder, 'missing')
    assert.equal(liveLockFile({ device: relative('.', device) }).path, `${device}.lock`)
  })

  it('is the one that was asked for', () => {
    for (const device of [undefined, join(folder, 'memory')]) {
      assert.equal(liveLockFile({ device, lockFile: '/run/other' }).path, '/run/other')
    }
  })
})
