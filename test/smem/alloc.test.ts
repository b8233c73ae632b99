// SPDX-License-Identifier: MIT
// Allocation by the object that users hold, on every fake SoC, on a file that stands in for the memory device, and
// on dumps.

import assert from 'node:assert/strict'
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Host, type Item, Smem } from '#lib/index.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { profileNames, profiles } from '#lib/testing/profiles.js'
import { type Image, read } from '../property/reader.js'

const ID = 300
const refused = (code: string) => ({ name: 'SmemError', code })

function errorsOf(smem: Smem): unknown[] {
  return smem.check().filter(({ severity }) => severity === 'error')
}

/** The memory of a fake SoC, for the reader that shares no code with the library. */
function imageOf(soc: FakeSoc): Image {
  const [main, ...aux] = soc.regions.map(({ port }) => {
    const words = new Uint32Array(port.size / 4)
    port.readWords(0, words)
    return { base: port.base, bytes: new Uint8Array(words.buffer) }
  })
  return { ...main!, aux, localHost: 0 }
}

/** That the other reader finds the item too, at the same place. */
function assertSeen(soc: FakeSoc, { id, host, address, size, cached }: Item): void {
  const reading = read(imageOf(soc))
  assert.equal(reading.exit, 0)
  const seen =
    reading.exit === 0 ? reading.items.filter((item) => item.id === id && item.host === host) : []
  assert.deepEqual(
    seen.map((item) => [Number(item.address), item.size, item.cached, item.error]),
    [[address, size, cached, null]],
  )
}

for (const name of profileNames) {
  describe(`allocation on ${name}`, () => {
    let soc: FakeSoc
    let smem: Smem
    beforeEach(() => {
      soc = FakeSoc.create(name)
      smem = Smem.open({ source: `fake:${soc.path}`, writable: true, lockTimeout: 5 })
    })
    afterEach(() => {
      smem.close()
      soc.close()
    })

    it('gives an item that is found from then on, by everybody', async () => {
      const toc = smem.version.major === 11
      const before = smem.freeSpace()
      const item = smem.alloc(ID, 21)
      assert.deepEqual(
        [item.id, item.host, item.size, item.cached, item.error],
        [ID, null, toc ? 24 : 21, false, null],
      )
      assert.equal(smem.freeSpace(), before - (toc ? 24 : 40))
      assert.equal(smem.get(ID).address, item.address)
      assert.ok(smem.items().some(({ id, host }) => id === ID && host === null))
      assertSeen(soc, item)
      const other = await smem.allocAsync(ID + 1, 8)
      assert.equal(other.address, smem.get(ID + 1).address)
      assertSeen(soc, other)
      assert.deepEqual(errorsOf(smem), [])
      assert.equal(soc.hwlock.owner(), 0)
    })

    it('gives zeros where they are asked for, in and only in the item', () => {
      const { place } = smem.planAlloc(ID, 40)
      const { port } = soc.regions[0]
      for (let i = 0; i < 24; i++) port.write32(place.offset + i * 4, 0xdeadbeef)
      const item = smem.alloc(ID, 40, { zero: true })
      assert.deepEqual(item.read(), Buffer.alloc(40))
      assert.equal(port.read32(place.offset + 40), 0xdeadbeef)
    })

    it('refuses what is there, unless that is as good', async () => {
      const item = smem.alloc(ID, 21)
      assert.throws(() => smem.alloc(ID, 21), refused('EEXIST'))
      await assert.rejects(smem.allocAsync(ID, 21), refused('EEXIST'))
      assert.equal(smem.alloc(ID, 21, { existing: 'ok' }).address, item.address)
      assert.equal((await smem.allocAsync(ID, 21, { existing: 'ok' })).address, item.address)
      for (const size of [8, 13, 25, 1000]) {
        assert.throws(() => smem.alloc(ID, size, { existing: 'ok' }), {
          ...refused('EEXIST'),
          message: /is there already, with 2[14] bytes/,
        })
      }
    })

    it('refuses what does not fit, by the code of the kernel', () => {
      const code = smem.version.major === 11 ? 'ENOMEM' : 'ENOSPC'
      for (const size of [smem.freeSpace() + 1, 0xfffffff8, 0xffffffff]) {
        assert.throws(() => smem.alloc(ID, size), refused(code))
        assert.throws(() => smem.planAlloc(ID, size), refused(code))
      }
      assert.throws(() => smem.alloc(smem.itemCount, 8), refused('EINVAL'))
      assert.throws(() => smem.alloc(ID, 0), refused('EINVAL'))
    })

    it('shows what it would do, and does nothing', () => {
      const before = imageOf(soc)
      using reading = Smem.open({ source: `fake:${soc.path}` })
      const { place, plan } = reading.planAlloc(ID, 21, { zero: true })
      assert.ok(plan.steps.length > 3)
      assert.deepEqual(imageOf(soc), before)
      assert.equal(smem.alloc(ID, 21).address, place.region.port.base + place.offset)
    })

    it('waits for who has the lock, and says who it was', async () => {
      soc.hwlock.tryLock(2)
      const blame = { ...refused('ETIMEDOUT'), host: Host.MODEM, message: /modem \(owner id 2\)/ }
      assert.throws(() => smem.alloc(ID, 8), blame)
      await assert.rejects(smem.allocAsync(ID, 8), blame)
      assert.throws(
        () => smem.get(ID),
        (error: { code?: string }) => /ENXIO|ENOENT/.test(error.code!),
      )
      soc.hwlock.unlock(2)
      smem.alloc(ID, 8)
    })

    it('needs to be allowed to store', () => {
      using reading = Smem.open({ source: `fake:${soc.path}` })
      const denied = { ...refused('EROFS'), hint: /writable: true/ }
      assert.throws(() => reading.alloc(ID, 8), denied)
      smem.close()
      assert.throws(() => smem.alloc(ID, 8), refused('EBADF'))
      assert.throws(() => smem.planAlloc(ID, 8), refused('EBADF'))
    })

    it('lets one at a time claim an item', () => {
      using other = Smem.open({ source: `fake:${soc.path}` })
      const claim = smem.claim(137)
      assert.throws(() => other.claim(137), { ...refused('EBUSY'), item: 137 })
      const elsewhere = () => other.claim(137, { host: Host.MODEM })
      // Without a partition of its own, the modem has the same item.
      if (smem.items().some(({ host }) => host === Host.MODEM)) elsewhere().release()
      else assert.throws(elsewhere, refused('EBUSY'))
      claim.release()
      other.claim(137).release()
      for (const id of [-1, 1.5, smem.itemCount]) {
        assert.throws(() => smem.claim(id), refused('EINVAL'))
      }
    })
  })
}

describe('allocation in private partitions', () => {
  for (const cached of [false, true]) {
    it(`gives ${cached ? 'cached' : 'uncached'} items of the size that was asked for`, () => {
      using soc = FakeSoc.create('sdm845')
      using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
      const item = smem.alloc(ID, 21, { host: Host.MODEM, cached })
      assert.deepEqual([item.host, item.size, item.cached], [Host.MODEM, 21, cached])
      assertSeen(soc, item)
      assert.throws(
        () => smem.alloc(ID, 24, { host: Host.MODEM, existing: 'ok' }),
        refused('EEXIST'),
      )
      assert.throws(() => smem.get(ID), refused('ENOENT'))
      assert.deepEqual(errorsOf(smem), [])
    })
  }
})

describe('allocation by several, in one process', () => {
  it('gives each id once', () => {
    using soc = FakeSoc.create('msm8916')
    using first = Smem.open({ source: `fake:${soc.path}`, writable: true })
    using second = Smem.open({ source: `fake:${soc.path}`, writable: true })
    const items: Item[] = []
    for (let id = ID; id < ID + 30; id++) {
      items.push((id % 2 === 0 ? first : second).alloc(id, 8 + (id % 5) * 8))
      assert.throws(() => (id % 2 === 0 ? second : first).alloc(id, 8), refused('EEXIST'))
    }
    const places = items.map(({ address, size }) => [address, address + size] as const)
    places.sort(([a], [b]) => a - b)
    for (const [i, [start]] of places.entries()) {
      assert.ok(i === 0 || start === places[i - 1]![1], 'one behind the other')
    }
    assert.deepEqual(errorsOf(first), [])
  })
})

describe('allocation in a file that stands in for the memory device', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'alloc-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  /** The carve-out and the mutex bank of a board, at their physical addresses. */
  function machine(name: keyof typeof profiles): string {
    const device = join(folder, `mem-${name}`)
    const fd = openSync(device, 'w')
    for (const { base, bytes } of buildImage(profiles[name].describe()).regions) {
      writeSync(fd, bytes, 0, bytes.length, base)
    }
    closeSync(fd)
    truncateSync(device, 2 ** 32)
    return device
  }

  it('takes the lock at its address, with a lock file next to it', () => {
    const { board } = profiles.msm8916
    const device = machine('msm8916')
    const options = { source: 'live', board, device, writable: true, lockTimeout: 5 }
    using smem = Smem.open(options)
    const item = smem.alloc(ID, 16)
    assert.equal(smem.source.hwlockOwner(), 0)
    assert.equal(statSync(`${device}.lock`).mode & 0o777, 0o600)
    using other = Smem.open({ ...options, lockFile: `${device}.lock` })
    assert.equal(other.get(ID).address, item.address)
    const claim = smem.claim(ID)
    assert.throws(() => other.claim(ID), refused('EBUSY'))
    claim.release()
    // Somebody who holds it is named.
    const fd = openSync(device, 'r+')
    writeSync(fd, Uint8Array.of(3, 0, 0, 0), 0, 4, board.hwlock.address)
    assert.throws(() => smem.alloc(ID + 1, 16), { ...refused('ETIMEDOUT'), host: Host.ADSP })
    writeSync(fd, Uint8Array.of(0, 0, 0, 0), 0, 4, board.hwlock.address)
    closeSync(fd)
    smem.alloc(ID + 1, 16)
    assert.deepEqual(errorsOf(smem), [])
  })

  it('is ENODEV without a mutex, and reads all the same', () => {
    const board = { ...profiles.msm8916.board, hwlock: null }
    const options = { source: 'live', board, device: machine('msm8916') }
    assert.throws(() => Smem.open({ ...options, writable: true }), {
      ...refused('ENODEV'),
      message: /names no mutex/,
    })
    using smem = Smem.open(options)
    assert.equal(smem.get(137).id, 137)
  })

  it('is refused with an owner id that would exclude nobody, and opens nothing', () => {
    const { board } = profiles.sdm845
    const options = { source: 'live', board, device: machine('sdm845'), writable: true }
    for (const ownerId of [0, 2, 26]) {
      assert.throws(() => Smem.open({ ...options, ownerId }), refused('EINVAL'))
    }
    Smem.open({ ...options, ownerId: 200 }).close()
  })
})

describe('allocation in a dump', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dump-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('can be planned, not made, and nothing there can be claimed', () => {
    const path = join(folder, 'dump.bin')
    writeFileSync(path, buildImage(profiles.sdm845.describe()).regions[0]!.bytes)
    using smem = Smem.open({ source: `file:${path}` })
    assert.equal(smem.planAlloc(ID, 8).refusal, null)
    assert.throws(() => smem.alloc(ID, 8), refused('EROFS'))
    assert.throws(() => smem.claim(137), { ...refused('EROFS'), message: /is a dump/ })
    assert.throws(() => Smem.open({ source: `file:${path}`, writable: true }), refused('EROFS'))
  })
})

describe('allocation that is waiting', () => {
  it('ends with EBADF when its Smem is closed', async () => {
    using soc = FakeSoc.create('msm8916')
    const smem = Smem.open({ source: `fake:${soc.path}`, writable: true, lockTimeout: 60_000 })
    soc.hwlock.tryLock(2)
    const waiting = smem.allocAsync(ID, 8)
    smem.close()
    await assert.rejects(waiting, refused('EBADF'))
    assert.equal(soc.hwlock.owner(), 2)
  })

  it('is aborted by a signal, and nothing was allocated', async () => {
    using soc = FakeSoc.create('msm8916')
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true, lockTimeout: 60_000 })
    soc.hwlock.tryLock(2)
    const controller = new AbortController()
    const waiting = smem.allocAsync(ID, 8, { signal: controller.signal })
    controller.abort()
    await assert.rejects(waiting, { name: 'AbortError' })
    soc.hwlock.unlock(2)
    assert.throws(() => smem.get(ID), refused('ENXIO'))
  })
})
