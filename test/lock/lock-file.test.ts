// SPDX-License-Identifier: MIT
// The lock file on a board: made where it is missing, for its user only, and never through a link.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeapLock } from '#lib/lock/heap-lock.js'
import { lockFileUnlockable, openLockFile } from '#lib/lock/lock-file.js'
import { Plan } from '#lib/port/plan.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'

/** Where a descriptor of ours leads; null for one that was closed meanwhile. */
function linkOf(fd: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return null
  }
}

describe('the lock file', () => {
  let folder: string
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'lock-')))
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

  it('is told at once where it cannot be locked, by the code of the system call', () => {
    using soc = FakeSoc.create()
    const file = place('lost')
    const lock = new HeapLock({ ...soc.lockPlaces, file }, { timeout: 60_000 })
    // Its descriptor is gone, as no failure of a file system is to be had here.
    const held = readdirSync('/proc/self/fd').find((fd) => linkOf(fd) === file.path)
    closeSync(Number(held))
    const expected = { name: 'SmemError', code: 'EBADF', syscall: 'fcntl', message: /lost/ }
    assert.throws(() => lock.commit(() => new Plan()), expected)
    assert.throws(() => lock.recover(), expected)
    lock.close()
    const { code, message, hint } = lockFileUnlockable('/run/x', constants.errno.ENOLCK)
    assert.equal(code, 'ENOLCK')
    assert.equal(message, 'cannot lock the lock file /run/x: no locks available')
    assert.match(hint!, /--lock-file/)
  })

  it('is not used any more once it was removed, or another put in its place', () => {
    using soc = FakeSoc.create()
    const file = place('removed')
    const open = () => new HeapLock({ ...soc.lockPlaces, file }, { timeout: 60_000 })
    const first = open()
    first.commit(() => new Plan())
    rmSync(file.path)
    const second = open()
    writeFileSync(join(folder, 'new'), '', { mode: 0o600 })
    renameSync(join(folder, 'new'), file.path)
    const third = open()
    for (const lock of [first, second]) {
      const removed = { code: 'ESTALE', message: /removed: it was removed while/, hint: /again/ }
      assert.throws(() => lock.commit(() => new Plan()), removed)
      assert.throws(() => lock.recover(), removed)
    }
    third.commit(() => new Plan())
    for (const lock of [first, second, third]) lock.close()
  })

  it('is EACCES for who may not write there, which is anybody but root', () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o500 })
    const open = () => openLockFile(place('closed/file'))
    if (process.getuid!() === 0) open().close()
    else assert.throws(open, { code: 'EACCES', syscall: 'open', message: /closed\/file/ })
  })
})
