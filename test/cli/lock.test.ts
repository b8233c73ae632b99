// SPDX-License-Identifier: MIT
// `lock` and `lock release` as users run them: who has the mutex, what a dead process left, and what is released.

import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadNative } from '#lib/native/load.js'
import { Plan } from '#lib/port/plan.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { v12 } from '../heap/images.js'
import { APPLYING, leave, peekPage, pokePage, WAITING, Word } from '../lock/page.js'
import { deadPid, PID } from './dead.js'
import { qcomSmem } from './terminal.js'

const TARGET = 0x8000
const OURS = 251
const MODEM = 2

const on = (soc: FakeSoc, ...args: string[]) =>
  qcomSmem('--source', `fake:${soc.path}`, 'lock', ...args)

/** A process that stores two words was killed after the first one. */
function leaveHalf(soc: FakeSoc, register = OURS): void {
  const steps = new Plan()
  steps.store(TARGET, 1)
  steps.store(TARGET + 4, 2)
  leave(soc, { intent: APPLYING, owner: OURS, register, steps, progress: 1 })
  soc.regions[0].port.write32(TARGET, 1)
}

const second = (soc: FakeSoc) => soc.regions[0].port.read32(TARGET + 4)

/** What is printed, each line as `name: value`. */
async function facts(soc: FakeSoc): Promise<Record<string, string>> {
  const { code, out } = await on(soc)
  assert.equal(code, 0)
  return Object.fromEntries(
    out
      .trimEnd()
      .split('\n')
      .map((line) => /^(.*?) {2,}(.*)$/.exec(line)!.slice(1)),
  )
}

describe('lock', () => {
  it('tells of a mutex that nobody has used', async () => {
    using soc = FakeSoc.create()
    assert.deepEqual(await on(soc), {
      code: 0,
      out: [
        `source        fake:${soc.path}`,
        'owner         free',
        'mutex         tcsr at 0x01f40000, lock 3: the word at 0x01f43000',
        `lock file     ${(await facts(soc))['lock file']}`,
        'announced     nothing',
        'acquisitions  0',
        'recoveries    0',
        'held          -',
        'claims        none',
        '',
      ].join('\n'),
      err: '',
    })
    assert.equal(peekPage(soc, Word.MAGIC), 0)
  })

  for (const [owner, text] of [
    [1, "this machine's kernel (owner id 1)"],
    [MODEM, 'the processor modem (owner id 2)'],
    [OURS, 'owner id 251'],
  ] as const) {
    it(`names the owner: ${text}`, async () => {
      using soc = FakeSoc.create()
      soc.hwlock.tryLock(owner)
      assert.equal((await facts(soc)).owner, text)
    })
  }

  it('counts what was allocated, and how long that held the mutex', async () => {
    using soc = FakeSoc.create()
    for (const id of ['300', '301', '302']) {
      await qcomSmem('--source', `fake:${soc.path}`, 'alloc', id, '8', '--write')
    }
    const { acquisitions, held } = await facts(soc)
    assert.equal(acquisitions, '3')
    const time = String.raw`[\d.]+ [num]s`
    assert.match(
      held!,
      new RegExp(`^half below ${time}, 99 % below ${time}, 99.9 % below ${time}; longest ${time}$`),
    )
  })

  it('says that a process which announced something is dead, and what will become of it', async () => {
    using soc = FakeSoc.create()
    leaveHalf(soc)
    const pid = deadPid()
    pokePage(soc, PID, pid)
    assert.match(
      (await facts(soc)).announced!,
      new RegExp(
        `^stores, 1 of 2 steps: by owner id 251, [\\d.]+ [mun]?s ago, process ${pid}, which is dead$`,
      ),
    )
    assert.match(
      (await on(soc)).err,
      /^The next allocation finishes .* qcom-smem lock release\.\n$/,
    )
    assert.equal(second(soc), 0)
  })

  it('names a process that lives', async () => {
    using soc = FakeSoc.create()
    const steps = new Plan()
    leave(soc, { intent: WAITING, owner: OURS, register: 0, steps, progress: 0 })
    assert.match(
      (await facts(soc)).announced!,
      new RegExp(`^wants the mutex, .* process ${process.pid} \\(`),
    )
    assert.equal((await on(soc)).err, '')
  })

  it('tells of a dump that it has no lock', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-'))
    try {
      const path = join(folder, 'smem.bin')
      writeFileSync(path, buildImage(v12).bytes)
      const { code, out } = await qcomSmem('--source', `file:${path}`, 'lock')
      assert.equal(code, 0)
      assert.match(out, /^owner +-\nmutex +-\nlock file +-\nannounced +nothing\n/m)
      const refused = await qcomSmem('--source', `file:${path}`, 'lock', 'release')
      assert.equal(refused.code, 4)
      assert.match(refused.err, /^qcom-smem: EROFS: .* is a dump/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('lock release', () => {
  it('says that there is nothing to release', async () => {
    using soc = FakeSoc.create()
    assert.deepEqual(await on(soc, 'release'), {
      code: 0,
      out: 'nothing to release: no program of this machine has left anything, and the mutex is free\n',
      err: '',
    })
    soc.hwlock.tryLock(MODEM)
    assert.match(
      (await on(soc, 'release')).out,
      /and the processor modem \(owner id 2\) has the mutex\n$/,
    )
    assert.equal(soc.hwlock.owner(), MODEM)
  })

  for (const [what, register, intent, done, owner, stored] of [
    ['completes', OURS, APPLYING, 'completed', 0, 2],
    ['releases', OURS, WAITING, 'released', 0, 0],
    ['drops', 0, WAITING, 'dropped', 0, 0],
    ['gives up, as torn,', MODEM, APPLYING, 'torn', MODEM, 0],
  ] as const) {
    it(`${what} what a dead process left`, async () => {
      using soc = FakeSoc.create()
      const pid = deadPid()
      const leaveIt = () => {
        leaveHalf(soc, register)
        pokePage(soc, PID, pid)
        pokePage(soc, Word.INTENT, intent)
      }
      leaveIt()
      const { code, out, err } = await on(soc, 'release', '--json')
      assert.deepEqual([code, err], [0, ''])
      assert.deepEqual(JSON.parse(out), {
        schema: 'qcom-smem/lock-release@1',
        recovered: done,
        pid,
        released: null,
        owner,
      })
      assert.deepEqual([second(soc), soc.hwlock.owner()], [stored, owner])
      soc.patch32(soc.board.hwlock.address, 0)
      leaveIt()
      const told = await on(soc, 'release')
      assert.match(told.out, new RegExp(`^process ${pid} had died: it `))
      assert.equal(told.err.includes('qcom-smem verify'), done === 'torn')
    })
  }

  it('gives up a damaged announcement only with --discard', async () => {
    using soc = FakeSoc.create()
    leaveHalf(soc)
    pokePage(soc, Word.STEPS, 7)
    const refused = await on(soc, 'release')
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(refused.err, /EIO: .*damaged\. Hint: .*lock release --discard/)
    assert.equal(soc.hwlock.owner(), OURS)
    const { code, out } = await on(soc, 'release', '--discard')
    assert.equal(code, 0)
    assert.match(out, /the mutex is released\n$/)
    assert.equal(soc.hwlock.owner(), 0)
  })

  it('leaves a mutex that has our id without anybody having announced it, but for --ours', async () => {
    using soc = FakeSoc.create()
    soc.hwlock.tryLock(OURS)
    const refused = await on(soc, 'release')
    assert.deepEqual([refused.code, refused.out], [1, ''])
    assert.match(
      refused.err,
      /EBUSY: the mutex has our owner id 251, and no program says in .* that it took it\. Hint: .*--ours`\.$/m,
    )
    assert.equal(soc.hwlock.owner(), OURS)
    const { code, out, err } = await on(soc, 'release', '--ours')
    assert.deepEqual([code, out], [0, 'released the mutex, which owner id 251 had\n'])
    assert.match(err, /qcom-smem verify/)
    assert.equal(soc.hwlock.owner(), 0)
  })

  it('takes --ours for the id that it is given, and never for that of a processor', async () => {
    using soc = FakeSoc.create()
    soc.hwlock.tryLock(200)
    assert.match((await on(soc, 'release', '--ours')).out, /owner id 200 has the mutex\n$/)
    assert.equal((await on(soc, 'release', '--ours', '--owner-id', '200')).code, 0)
    assert.equal(soc.hwlock.owner(), 0)
    soc.hwlock.tryLock(1)
    const { code, err } = await on(soc, 'release', '--ours', '--owner-id', '1')
    assert.equal(code, 2)
    assert.match(err, /owner id 1 is not one of programs: this machine's kernel/)
    assert.equal(soc.hwlock.owner(), 1)
  })

  it('does not take the mutex from a local process that is at work', async () => {
    using soc = FakeSoc.create()
    soc.hwlock.tryLock(OURS)
    const fd = openSync(soc.path, 'r+')
    const locks = loadNative().fileLocks(fd)
    try {
      assert.ok(locks.tryLock(soc.lockPlaces.file.position))
      const { code, err } = await on(soc, 'release', '--ours', '--lock-timeout', '3')
      assert.equal(code, 7)
      assert.match(err, /ETIMEDOUT: other processes of this machine did not let go of/)
      assert.equal(soc.hwlock.owner(), OURS)
    } finally {
      locks.close()
      closeSync(fd)
    }
  })

  it('busts the lock of a processor that is declared dead', async () => {
    using soc = FakeSoc.create()
    soc.hwlock.tryLock(MODEM)
    const { code, out, err } = await on(soc, 'release', '--bust', 'modem')
    assert.deepEqual(
      [code, out],
      [0, 'released the mutex, which the processor modem (owner id 2) had\n'],
    )
    assert.match(err, /may be left half-written: qcom-smem verify\n$/)
    assert.equal(soc.hwlock.owner(), 0)
    assert.match(
      (await on(soc, 'release', '--bust', 'modem')).out,
      /^nothing to release: .*is free\n$/,
    )
  })

  it('busts nobody but the one who was named', async () => {
    using soc = FakeSoc.create()
    for (const owner of [1, 3, OURS]) {
      soc.hwlock.tryLock(owner)
      const { code, out, err } = await on(soc, 'release', '--bust', 'modem')
      assert.deepEqual([code, out], [1, ''])
      assert.match(
        err,
        /EBUSY: .* holds the mutex, not the processor modem .*nothing was released\.$/m,
      )
      assert.equal(soc.hwlock.owner(), owner)
      soc.hwlock.unlock(owner)
    }
  })

  for (const [args, message] of [
    [['release', '--bust', '0'], /host 0 is this machine/],
    [['release', '--bust', 'apps'], /host 0 is this machine/],
    [['release', '--bust', '26'], /no processor has the host id 26/],
    [['release', '--bust', 'global'], /no processor has the host id 65534/],
    [['release', '--bust', 'modem', '--ours'], /--bust goes with no other way to release/],
    [['--bust', 'modem'], /--bust goes with lock release/],
    [['--discard'], /--discard goes with lock release/],
    [['free'], /there is no "lock free"/],
  ] as const) {
    it(`takes no: lock ${args.join(' ')}`, async () => {
      using soc = FakeSoc.create()
      soc.hwlock.tryLock(1)
      const { code, out, err } = await on(soc, ...args)
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
      assert.equal(soc.hwlock.owner(), 1)
    })
  }
})
