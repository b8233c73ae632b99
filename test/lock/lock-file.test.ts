// SPDX-License-Identifier: MIT
// The lock file on a board: made where it is missing, for its user only, and never through a link.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLockFile } from '#lib/lock/lock-file.js'

describe('the lock file', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const place = (name: string) => ({ path: join(folder, name), position: 0, plain: true })

  it('is made for its user only, and opened anew each time', () => {
    const made = openLockFile(place('made'))
    assert.equal(statSync(join(folder, 'made')).mode & 0o7777, 0o600)
    const again = openLockFile(place('made'))
    assert.notEqual(made.fd, again.fd)
    assert.equal(readFileSync(again.fd, 'latin1'), '')
    made.close()
    again.close()
  })

  it('is a regular file', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    assert.throws(() => openLockFile(place('pipe')), { code: 'EINVAL', message: /regular file/ })
    assert.throws(() => openLockFile({ ...place(''), path: '/dev/null' }), { code: 'EINVAL' })
    mkdirSync(join(folder, 'folder'))
    assert.throws(() => openLockFile(place('folder')), { code: 'EISDIR' })
  })

  it('is not reached through a link, which somebody else may have laid', () => {
    symlinkSync(join(folder, 'made'), join(folder, 'link'))
    assert.throws(() => openLockFile(place('link')), { name: 'SmemError', code: 'ELOOP' })
  })

  it('names its path, and the option, where it cannot be opened', () => {
    assert.throws(() => openLockFile(place('missing/file')), {
      code: 'ENOENT',
      message: /missing\/file/,
      hint: /lockFile, --lock-file/,
    })
  })

  it('is EACCES for who may not write there, which is anybody but root', () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o500 })
    const open = () => openLockFile(place('closed/file'))
    if (process.getuid!() === 0) open().close()
    else assert.throws(open, { code: 'EACCES', syscall: 'open', message: /closed\/file/ })
  })
})
