// SPDX-License-Identifier: MIT
// Lookups under the lock, and storing into an item.

import assert from 'node:assert/strict'
import { type Access, recording } from '#lib/port/recording.js'
import { findLocked } from '#lib/smem/locked-lookup.js'
import { openHeap, Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { profileNames } from '#lib/testing/profiles.js'

const refused = (code: string) => ({ name: 'SmemError', code })

describe('a locked get', () => {
  for (const name of profileNames) {
    it(`finds on ${name} what a free one finds`, () => {
      using smem = Smem.open({ source: `fake:${name}`, writable: true })
      for (const { id, host, error, address } of smem.items()) {
        if (error !== null || id === null) continue
        const found = smem.get(id, { host: host ?? undefined, locked: true })
        assert.equal(found.address, address)
        assert.deepEqual(found.read(), smem.get(id, { host: host ?? undefined }).read())
      }
      assert.equal(smem.source.hwlockOwner(), 0)
    })
  }

  it('says that an item is not there', () => {
    using toc = Smem.open({ source: 'fake:msm8916', writable: true })
    assert.throws(() => toc.get(500, { locked: true }), refused('ENXIO'))
    using partition = Smem.open({ source: 'fake:sdm845', writable: true })
    assert.throws(() => partition.get(500, { locked: true }), refused('ENOENT'))
  })

  it('waits for the lock, and says who has it', () => {
    using soc = FakeSoc.create('sdm845')
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true, lockTimeout: 5 })
    soc.hwlock.tryLock(3)
    assert.throws(() => smem.get(137, { locked: true }), {
      ...refused('ETIMEDOUT'),
      message: /adsp \(owner id 3\)/,
      host: 2,
    })
  })

  it('needs to be allowed to store', () => {
    using smem = Smem.open({ source: 'fake:sdm845' })
    assert.throws(() => smem.get(137, { locked: true }), refused('EROFS'))
  })

  it('gives up where more words lead to the item than can be compared under the lock', () => {
    const image = buildImage({
      version: 12,
      base: 0x86000000,
      size: 0x100000,
      partitions: [
        { global: true, size: 0x1000 },
        { host0: 0, host1: 1, size: 0x80000, items: [{ id: 9, size: 0 }] },
      ],
    })
    const { offset, size } = image.partitions[1]!
    for (let at = 0x20; at < size; at += 16) image.patch32(offset + at, 0x0009a5a5)
    image.patch32(offset + 12, size)
    using soc = FakeSoc.fromImage(image)
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    assert.throws(() => smem.get(10, { host: 1, locked: true }), {
      ...refused('EINVAL'),
      message: /words lead to item 10, and 65536 can be compared/,
    })
    assert.equal(soc.hwlock.owner(), 0)
  })

  it('looks once more where a word has changed before the lock was taken', () => {
    using soc = FakeSoc.create('msm8916')
    using smem = Smem.open({ source: `fake:${soc.path}`, writable: true })
    const [main, ...others] = soc.regions
    const accesses: Access[] = []
    const port = recording(main.port, accesses)
    const lock = smem.source.openLock({})
    // Item 300's record, published between lookup and lock.
    const record = 0xd0 + 300 * 16
    let lookups = 0
    const racing = {
      ...port,
      readWords: (offset: number, into: Uint32Array) => port.readWords(offset, into),
      read32: (offset: number) => {
        const value = port.read32(offset)
        if (offset === record && lookups++ === 0) {
          main.port.writeWords(record + 4, Uint32Array.of(0x4000, 64, 0))
          main.port.write32(record, 1)
        }
        return value
      },
    }
    const { options } = openHeap(smem.source)
    const regions = [{ kind: 'main', port: racing }, ...others] as const
    const place = findLocked(regions, options, lock, 300)
    assert.deepEqual([place.offset, place.size, lookups], [0x4000, 64, 2])
    lock.close()
  })
})

describe('an item that was allocated', () => {
  it('takes bytes, and leaves those beyond them alone', () => {
    using smem = Smem.open({ source: 'fake:sdm845', writable: true })
    const item = smem.alloc(400, 14)
    item.write(Buffer.alloc(14, 0xff))
    item.write(Buffer.from('hello'), 4)
    item.write32(0, 0x01020304)
    assert.equal(
      item.read().toString('hex'),
      `04030201${Buffer.from('hello').toString('hex')}ffffffffff`,
    )
    assert.deepEqual(smem.check(), [])
  })

  it('refuses what is outside it, or not aligned, or not to be stored', () => {
    using smem = Smem.open({ source: 'fake:sdm845', writable: true })
    const item = smem.alloc(400, 16)
    assert.throws(() => item.write(Buffer.alloc(17)), refused('EINVAL'))
    assert.throws(() => item.write(Buffer.alloc(1), -4), refused('EINVAL'))
    assert.throws(() => item.write(Buffer.alloc(4), 2), refused('EINVAL'))
    assert.throws(() => item.write32(13, 0), refused('EINVAL'))
    using looking = Smem.open({ source: 'fake:sdm845' })
    const [first] = looking.items()
    assert.throws(() => first!.write(Buffer.alloc(4)), refused('EROFS'))
  })
})
