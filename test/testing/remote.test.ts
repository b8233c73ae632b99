// SPDX-License-Identifier: MIT
// Other processors of a fake SoC: they obey, they keep to the lock unless told otherwise, and the library gets on
// with what they do.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Host } from '#lib/data/hosts.js'
import { SmemError } from '#lib/errors.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import type { RemoteKind } from '#lib/testing/remote/kind.js'
import type { RemoteProcessor } from '#lib/testing/remote/remote-processor.js'
import { errorsOf, itemsOf, type Rhythm } from '#lib/testing/remote/rhythm.js'
import { nodeCommand } from '../node.js'

const base = 0x86000000
const size = 0x40000
const partitions = [
  { host0: Host.APPS, host1: Host.MODEM, size: 0x8000 },
  { host0: Host.APPS, host1: Host.ADSP, size: 0x1000 },
]
const versions = { 11: partitions, 12: [{ global: true, size: 0x8000 } as const, ...partitions] }

describe('a remote processor', () => {
  const opened: { close(): void | Promise<void> }[] = []
  const kept = <T extends (typeof opened)[number]>(resource: T): T => {
    opened.push(resource)
    return resource
  }
  const create = (version: 11 | 12 = 12) =>
    kept(FakeSoc.create({ version, base, size, partitions: versions[version] }))
  const play = async (soc: FakeSoc, kind: RemoteKind): Promise<RemoteProcessor> =>
    kept(await soc.remote(kind, { command: nodeCommand() }))
  const open = (soc: FakeSoc, options: { ownerId?: number; lockTimeout?: number } = {}) =>
    kept(Smem.open({ source: `fake:${soc.path}`, writable: true, ...options }))

  afterEach(async () => {
    for (const resource of opened.splice(0).reverse()) await resource.close()
  })

  for (const version of [11, 12] as const) {
    it(`allocates what the library finds, and a check likes, in version ${version}`, async () => {
      const soc = create(version)
      const smem = open(soc)
      const modem = await play(soc, 'modem')
      const items = [
        await modem.alloc(300, 20),
        await modem.alloc(301, 20, { host: Host.APPS }),
        await modem.alloc(302, 20, { host: Host.APPS, cached: true }),
        // There is no such partition, so this one is global too.
        await modem.alloc(303, 8, { host: Host.WCN }),
      ]
      const global = version === 11 ? { heap: 'toc', size: 24 } : { heap: 'partition', size: 20 }
      const seen = smem.items().map(({ id, heap, host, cached, size, offset }) => {
        return { id, heap, host, cached, size, offset }
      })
      const [first, second, third, fourth] = items.map(({ offset }) => offset)
      const modems = { heap: 'partition', host: Host.MODEM, size: 20 }
      assert.deepEqual(seen, [
        { id: 300, ...global, host: null, cached: false, offset: first },
        { id: 303, ...global, size: 8, host: null, cached: false, offset: fourth },
        { id: 301, ...modems, cached: false, offset: second },
        { id: 302, ...modems, cached: true, offset: third },
      ])
      assert.deepEqual(smem.check(), [])
      assert.deepEqual(await modem.find(302, { host: Host.APPS, cached: true }), items[2])
    })

    it(`refuses what its sources refuse, in version ${version}`, async () => {
      const soc = create(version)
      const modem = await play(soc, 'modem')
      const kernel = await play(soc, 'kernel')
      const smem = open(soc)
      smem.alloc(400, 40)
      smem.alloc(401, 40, { host: Host.MODEM })
      const room = version === 11 ? 'ENOMEM' : 'ENOSPC'
      const missing = version === 11 ? 'ENXIO' : 'ENOENT'
      await assert.rejects(kernel.alloc(400, 8), { code: 'EEXIST', item: 400 })
      await assert.rejects(kernel.alloc(401, 8, { host: Host.MODEM }), { code: 'EEXIST' })
      await assert.rejects(modem.alloc(401, 8, { host: Host.APPS }), { code: 'EEXIST' })
      await assert.rejects(modem.alloc(402, 0xfffffff9), { code: room })
      await assert.rejects(modem.alloc(402, 0x8000, { host: Host.APPS }), { code: 'ENOSPC' })
      await assert.rejects(modem.alloc(8, 8), { code: 'EINVAL' })
      await assert.rejects(kernel.alloc(7, 8), { code: 'EINVAL' })
      await assert.rejects(kernel.alloc(512, 8), { code: 'EINVAL' })
      await assert.rejects(kernel.alloc(403, 1.5), { code: 'EINVAL' })
      await assert.rejects(kernel.alloc(403, 8, { host: Host.MODEM, cached: true }), {
        code: 'EINVAL',
      })
      await assert.rejects(modem.find(404), { code: missing })
      await assert.rejects(modem.find(404, { host: Host.APPS }), { code: 'ENOENT' })
      // All that without a lock left behind; and to mainline item 8 is free.
      assert.equal(soc.hwlock.owner(), 0)
      assert.equal((await kernel.alloc(8, 8)).id, 8)
    })
  }

  it('excludes us while it has the lock, and is named', async () => {
    const soc = create()
    const modem = await play(soc, 'modem')
    const smem = open(soc, { lockTimeout: 20 })
    await modem.lock()
    assert.equal(soc.hwlock.owner(), modem.ownerId)
    assert.throws(() => smem.alloc(300, 8), { code: 'ETIMEDOUT', host: Host.MODEM })
    assert.deepEqual(smem.items(), [])
    assert.equal(await modem.unlock(), true)
    assert.equal(smem.alloc(300, 8).id, 300)
  })

  it('waits for us, and for others', async () => {
    const soc = create()
    const [kernel, adsp] = [await play(soc, 'kernel'), await play(soc, 'adsp')]
    assert.equal(soc.hwlock.tryLock(251), true)
    await assert.rejects(kernel.lock(10), { code: 'ETIMEDOUT', message: /owner id 251/ })
    const waiting = adsp.alloc(300, 8)
    soc.hwlock.unlock(251)
    assert.equal((await waiting).id, 300)
  })

  it('shows why nobody may use id 1: the kernel does not notice whoever has the lock by it', async () => {
    const soc = create()
    const kernel = await play(soc, 'kernel')
    assert.equal(soc.hwlock.tryLock(251), true)
    await assert.rejects(kernel.lock(10), { code: 'ETIMEDOUT' })
    assert.equal(soc.hwlock.unlock(251), true)

    // We are inside, and so is the kernel; worse, it has released what is ours.
    assert.equal(soc.hwlock.tryLock(1), true)
    assert.equal((await kernel.alloc(300, 8)).id, 300)
    assert.equal(soc.hwlock.owner(), 0)

    // The other way round, somebody else gets in; the kernel complains, and throws that one out, too.
    await kernel.lock()
    assert.equal(soc.hwlock.tryLock(1), true)
    assert.equal(soc.hwlock.unlock(1), true)
    assert.equal(soc.hwlock.tryLock(251), true)
    assert.equal(await kernel.unlock(), false)
    assert.equal(soc.hwlock.owner(), 0)
  })

  it('keeps us out by its id, also where we have the same', async () => {
    const soc = create()
    const kernel = await play(soc, 'kernel')
    await kernel.lock()
    for (const ownerId of [251, 1]) {
      assert.throws(() => open(soc, { ownerId, lockTimeout: 20 }).alloc(300, 8), {
        code: 'ETIMEDOUT',
        host: Host.APPS,
      })
    }
  })

  it('dies with the lock, which then is not to be had until its host is declared dead', async () => {
    const soc = create()
    const modem = await play(soc, 'modem')
    const smem = open(soc, { lockTimeout: 20 })
    await modem.die({ holding: true })
    assert.throws(
      () => smem.alloc(300, 8),
      (error) =>
        error instanceof SmemError &&
        error.code === 'ETIMEDOUT' &&
        error.host === Host.MODEM &&
        error.message.includes('modem'),
    )
    await assert.rejects(modem.lock(), { code: 'EBADF' })
    // As the restart of that processor does.
    assert.equal(soc.hwlock.unlock(modem.ownerId), true)
    assert.equal(smem.alloc(300, 8).id, 300)
    await modem.die()
  })

  it('dies without the lock, too', async () => {
    const soc = create()
    const modem = await play(soc, 'modem')
    await modem.die()
    assert.equal(soc.hwlock.owner(), 0)
    assert.equal(open(soc).alloc(300, 8).id, 300)
  })

  it('ends with the process that plays with it', async () => {
    const [command, ...prefix] = nodeCommand()
    const script = `
      import { FakeSoc } from ${JSON.stringify(import.meta.resolve('#lib/testing/fake-soc.js'))}
      const modem = await FakeSoc.create().remote('modem', ${JSON.stringify({ command: nodeCommand() })})
      console.log(modem.pid)
      process.kill(process.pid, 'SIGKILL')`
    const parent = spawn(command, [...prefix, '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(parent, 'exit')
    const pid = Number((await once(parent.stdout, 'data')).toString())
    await exited
    // It cannot be waited for: its parent is gone.
    while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve))
  })

  it('does the same things again for the same seed', async () => {
    const rhythm: Rhythm = {
      seed: 42,
      turns: 300,
      ids: [100, 400],
      sizes: [1, 200],
      hosts: [null, Host.APPS],
      cachedFrom: 300,
      lookups: 0.2,
    }
    const perform = async (seed: number) => {
      const soc = create()
      const modem = await play(soc, 'modem')
      await modem.run({ ...rhythm, seed })
      const report = await modem.finished()
      assert.deepEqual(open(soc).check(), [])
      const turns = report.turns.map(({ begun, ended, ...turn }) => turn)
      return { turns, items: itemsOf(report), errors: errorsOf(report), report }
    }
    const [once, again, other] = [await perform(42), await perform(42), await perform(43)]
    assert.deepEqual(once.turns, again.turns)
    assert.notDeepEqual(once.turns, other.turns)
    assert.equal(once.report.acquisitions, 300)
    assert.deepEqual(Object.keys(once.errors).sort(), ['EEXIST', 'ENOENT'])
    const refused = Object.values(once.errors).reduce((sum, count) => sum + count, 0)
    const looked = once.turns.filter(({ action, item }) => action === 'find' && item !== null)
    assert.equal(refused + once.items.length + looked.length, 300)
    assert.ok(once.report.turns.every(({ begun, ended }) => begun <= ended))
  })

  it('is busy while we allocate, and nobody loses an item', async () => {
    const soc = create()
    const modem = await play(soc, 'modem')
    const smem = open(soc)
    await modem.run({ seed: 7, ids: [200, 399], sizes: [1, 40], hosts: [null, Host.APPS] })
    const ours = [...Array(200).keys()].map((i) => {
      return smem.alloc((i % 2 ? 400 : 9) + (i >> 1), 24, { host: i % 2 ? 1 : undefined })
    })
    const report = await modem.stop()
    const theirs = itemsOf(report)
    const name = (id: number, host: number | null, length: number) => `${host}/${id}: ${length}`
    assert.deepEqual(
      smem.items().map((item) => name(item.id!, item.host, item.size!)),
      [
        ...ours.map((item) => ({ id: item.id, host: item.host, size: item.size })),
        ...theirs.map(({ id, host, size }) => ({ id, host: host === null ? null : 1, size })),
      ]
        .sort((a, b) => (a.host ?? -1) - (b.host ?? -1) || a.id - b.id)
        .map((item) => name(item.id, item.host, item.size)),
    )
    assert.deepEqual(smem.check(), [])
    assert.equal(report.losses, 0)
    assert.equal(report.acquisitions, report.turns.length)
  })

  it('can hold the lock for longer than others wait, and pause', async () => {
    const soc = create()
    const modem = await play(soc, 'modem')
    const kernel = await play(soc, 'kernel')
    await modem.run({ seed: 1, hold: [200, 300], pause: [1, 10] })
    await kernel.run({ seed: 2, turns: 20 })
    const { turns, acquisitions } = await kernel.finished()
    assert.equal(turns.length, 20)
    assert.equal(acquisitions, 20)
    const report = await modem.stop()
    assert.equal(report.losses, 0)
    assert.ok(report.turns.every(({ begun, ended }) => ended - begun >= 0.2))
  })

  it('goes on to another SoC as if it had never seen the first', async () => {
    const [first, second] = [create(11), create(12)]
    const modem = await play(first, 'modem')
    await modem.alloc(300, 8)
    await modem.attach(second)
    await modem.alloc(300, 8)
    assert.equal(open(second).get(300).size, 8)
  })

  it('breaks the heap where it ignores the lock', async () => {
    const soc = create()
    const modem = await play(soc, 'modem')
    assert.equal(soc.hwlock.tryLock(251), true)
    const item = await modem.alloc(300, 8, { ignoreLock: true })
    await modem.run({ seed: 1, turns: 5, ids: [301, 400], ignoreLock: true })
    const report = await modem.finished()
    assert.equal(item.id, 300)
    assert.equal(report.acquisitions, 0)
    assert.ok(itemsOf(report).length > 0)
    assert.equal(soc.hwlock.owner(), 251)
  })

  it('writes garbage that no reader falls over', async () => {
    const soc = create(11)
    const vandal = await play(soc, 'adsp')
    const smem = open(soc, { lockTimeout: 20 })
    const before = smem.items().length
    for (let seed = 1; seed <= 30; seed++) {
      const words = await vandal.writeGarbage({ seed, words: 40 })
      assert.equal(words.length, 40)
      smem.items()
      smem.check()
      for (const attempt of [
        () => smem.get(200),
        () => smem.freeSpace(Host.MODEM),
        () => smem.alloc(200, 8),
        () => open(soc).items(),
      ]) {
        try {
          attempt()
        } catch (error) {
          assert.ok(error instanceof SmemError, String(error))
        }
      }
    }
    assert.ok(smem.items().length > before)
    const again = FakeSoc.create({ version: 11, base, size, partitions })
    kept(again)
    await vandal.attach(again)
    const [once, twice] = [
      await vandal.writeGarbage({ seed: 5, words: 9 }),
      await vandal.writeGarbage({ seed: 5, words: 9 }),
    ]
    assert.deepEqual(once, twice)
  })

  it('says what stands in its way', async () => {
    const soc = create()
    await assert.rejects(soc.remote('nobody' as RemoteKind), { code: 'EINVAL', message: /modem/ })
    await assert.rejects(soc.remote('modem', { command: ['/no/such/node'] }), { code: 'ENOENT' })
    const modem = await play(soc, 'modem')
    await assert.rejects(modem.finished(), { code: 'EINVAL' })
    soc.regions[0].port.write32(0x5c, 0)
    soc.regions[0].port.write32(size - 0x1000, 0)
    await assert.rejects(modem.alloc(300, 8), { code: 'EINVAL' })
    await assert.rejects(modem.run({ seed: 1 }), { code: 'EINVAL' })
    await modem.close()
    await modem.close()
    await assert.rejects(modem.alloc(300, 8), { code: 'EBADF' })
  })
})

/** Whoever has ended stays a zombie until init looks. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
