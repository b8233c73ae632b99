// SPDX-License-Identifier: MIT
// The lock file on a board: made where it is missing, for its user only, and never through a link.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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

  it('is not one that others may write', () => {
    const path = join(folder, 'shared')
    writeFileSync(path, '')
    for (const mode of [0o620, 0o602, 0o666]) {
      chmodSync(path, mode)
      assert.throws(() => openLockFile(place('shared')), {
        name: 'SmemError',
        code: 'EPERM',
        message: new RegExp(`shared can be written by others: its mode is 0${mode.toString(8)}$`),
        hint: /0600.*lockFile, --lock-file/,
      })
    }
    for (const mode of [0o600, 0o644]) {
      chmodSync(path, mode)
      openLockFile(place('shared')).close()
    }
    // A fake SoC's own is in its memfd, which belongs to whoever may open it.
    chmodSync(path, 0o666)
    openLockFile({ ...place('shared'), plain: false }).close()
  })

  it("is root's or ours, and no third user's", () => {
    const path = join(folder, 'foreign')
    writeFileSync(path, '', { mode: 0o600 })
    openLockFile(place('foreign')).close()
    // Only root can give a file away; for others, we are somebody else instead.
    const owner = process.geteuid!() || 65534
    chownSync(path, owner, process.getegid!())
    const { geteuid } = process
    process.geteuid = () => (geteuid!() === owner ? owner + 1 : geteuid!())
    try {
      assert.throws(() => openLockFile(place('foreign')), {
        code: 'EPERM',
        message: new RegExp(`foreign can be written by others: it belongs to user ${owner}$`),
      })
    } finally {
      process.geteuid = geteuid!
    }
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
