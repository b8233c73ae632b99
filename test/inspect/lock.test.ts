// SPDX-License-Identifier: MIT
// What `lock` looks at on a board, with a sparse file for /dev/mem: a mutex page that is refused, a lock file that
// nobody has made, holds in their buckets.

import assert from 'node:assert/strict'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LockReport, lockReport } from '#lib/inspect/lock.js'
import { releaseReport } from '#lib/inspect/release.js'
import { Smem } from '#lib/smem.js'
import { openSource } from '#lib/source/open.js'
import type { SourceOptions } from '#lib/source/source.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { profiles } from '#lib/testing/profiles.js'
import { pokePage, Word } from '../lock/page.js'

const { board } = profiles.sdm845

function reportOf(options: SourceOptions): LockReport {
  const source = openSource(options)
  try {
    return lockReport(source)
  } finally {
    source.close()
  }
}

describe('the lock of a board', () => {
  let folder = ''
  let device = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'))
    device = join(folder, 'mem')
    const fd = openSync(device, 'w')
    const [main] = buildImage(profiles.sdm845.describe()).regions
    writeSync(fd, main!.bytes, 0, main!.bytes.length, main!.base)
    closeSync(fd)
    truncateSync(device, 2 ** 32)
  })
  after(() => rmSync(folder, { recursive: true }))

  const live = (lockFile: string): SourceOptions => ({ source: 'live', board, device, lockFile })

  it('is looked at without making a lock file', () => {
    const lockFile = join(folder, 'never-used.lock')
    assert.deepEqual(reportOf(live(lockFile)), {
      schema: 'qcom-smem/lock@1',
      source: 'live',
      owner: 0,
      host: null,
      hwlock: { family: 'tcsr', bank: '0x01f40000', index: 3, address: '0x01f43000' },
      file: lockFile,
      intent: null,
      acquisitions: 0,
      recoveries: 0,
      hold: null,
      claims: [],
    })
    assert.ok(!existsSync(lockFile))
  })

  it('is looked at without its mutex, where that is kept from us', () => {
    const hwlock = { ...board.hwlock, address: 2 ** 33 }
    const refused = reportOf({ ...live(join(folder, 'x.lock')), board: { ...board, hwlock } })
    assert.deepEqual([refused.owner, refused.host], [null, null])
    assert.equal(refused.hwlock!.address, '0x200000000')
    const without = reportOf({ ...live(join(folder, 'x.lock')), board: { ...board, hwlock: null } })
    assert.deepEqual([without.owner, without.hwlock], [null, null])
  })

  it('remembers in its file what was done, and who has claimed what', () => {
    const lockFile = join(folder, 'used.lock')
    using smem = Smem.open({ ...live(lockFile), writable: true })
    smem.alloc(300, 8)
    using claim = smem.claim(300)
    const { acquisitions, hold, claims } = reportOf(live(lockFile))
    assert.ok(acquisitions >= 1)
    assert.ok(hold!.longest > 0)
    assert.deepEqual(
      claims.map(({ item, host, pid }) => [item, host, pid]),
      [[claim.id, null, process.pid]],
    )
  })

  it('leaves a file alone that is something else', () => {
    const lockFile = join(folder, 'other.lock')
    writeFileSync(lockFile, 'not a lock file')
    assert.equal(reportOf(live(lockFile)).intent, null)
    assert.equal(readFileSync(lockFile, 'utf8'), 'not a lock file')
    mkdirSync(join(folder, 'a-folder'))
    assert.throws(() => reportOf(live(join(folder, 'a-folder'))), {
      name: 'SmemError',
      message: /^cannot read the lock file .*a-folder: is a directory$/,
    })
  })

  it('is released from a dead processor by its mutex word alone', () => {
    const lockFile = join(folder, 'bust.lock')
    const { address } = board.hwlock
    const fd = openSync(device, 'r+')
    writeSync(fd, Uint8Array.of(2, 0, 0, 0), 0, 4, address)
    const source = openSource({ ...live(lockFile), writable: true })
    try {
      assert.equal(lockReport(source).host, 1)
      const { released, owner } = releaseReport(source, { bust: 1, discard: false, ours: false })
      assert.deepEqual([released, owner], [2, 0])
      assert.equal(lockReport(source).owner, 0)
    } finally {
      source.close()
      closeSync(fd)
    }
  })
})

describe('the hold times of a lock', () => {
  it('come with the share of holds that were shorter', () => {
    using soc = FakeSoc.create()
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    smem.alloc(300, 8)
    // 1000 holds: 500 of 4 ns, 495 of 16 to 19 ns, 5 of 1024 to 1279 ns.
    pokePage(soc, Word.HOLDS, ...Array.from({ length: 128 }, () => 0))
    pokePage(soc, Word.HOLDS + 4, 500)
    pokePage(soc, Word.HOLDS + 12, 495)
    pokePage(soc, Word.HOLDS + 36, 5)
    const { median, p99, p999, histogram } = reportOf({ source: `fake:${soc.path}` }).hold!
    assert.deepEqual([median, p99, p999], [5, 20, 1280])
    assert.deepEqual(histogram, [
      { below: 5, count: 500 },
      { below: 20, count: 495 },
      { below: 1280, count: 5 },
    ])
  })
})
