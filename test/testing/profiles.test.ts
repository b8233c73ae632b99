// SPDX-License-Identifier: MIT
// The profiles: sound heaps that look like the SoCs they are named after.

import assert from 'node:assert/strict'
import { buildImage } from '#lib/testing/image.js'
import { defaultProfile, findProfile, profileNames, profiles } from '#lib/testing/profiles.js'
import { type Found, walk } from './walk.js'

function found(name: string): Found[] {
  return walk(buildImage(findProfile(name).describe()).regions)
}

/** Bytes of an item, by the hosts of its partition; null for the global heap. */
function itemOf(name: string, id: number, hosts: string | null = null): Buffer {
  const image = buildImage(findProfile(name).describe())
  const inHeap = ({ partition }: Found) => {
    if (partition === null) return hosts === null
    const { host0, host1 } = image.partitions[partition]!
    return host0 === 0xfffe ? hosts === null : hosts === `${host0},${host1}`
  }
  const items = walk(image.regions).filter((item) => item.id === id && inHeap(item))
  assert.equal(items.length, 1, `item ${id}`)
  return items[0]!.bytes
}

const u32 = (bytes: Buffer, at: number) => bytes.readUInt32LE(at)
const textAt = (bytes: Buffer, at: number, length: number) =>
  bytes.toString('latin1', at, at + length).replace(/\0.*$/s, '')

describe('the profiles', () => {
  it('are known by name, with sdm845 as the default', () => {
    assert.deepEqual(profileNames, ['msm8916', 'sdm845', 'sc7280'])
    assert.equal(defaultProfile, 'sdm845')
    for (const name of profileNames) assert.equal(profiles[name].name, name)
    assert.throws(() => findProfile('sdm8450'), {
      name: 'SmemError',
      code: 'EINVAL',
      hint: /msm8916, sdm845, sc7280/,
    })
    assert.throws(() => findProfile('toString'), { code: 'EINVAL' })
  })

  for (const name of profileNames) {
    describe(name, () => {
      const { board, describe: described } = findProfile(name)
      const description = described()

      it('holds every item that is described, with its contents', () => {
        const items = found(name)
        const wanted = [
          ...(description.fixedItems ? [0, 1, 2, 3].map((id) => ({ id, size: undefined })) : []),
          ...(description.global ?? []),
          ...(description.partitions ?? []).flatMap((partition) => partition.items ?? []),
        ]
        assert.equal(items.length, wanted.length)
        assert.ok(items.length >= 20)
        for (const item of wanted) {
          if (!('data' in item) || item.data === undefined) continue
          const data = Buffer.from(item.data as Uint8Array)
          const held = items.some(
            ({ id, bytes }) => id === item.id && data.equals(bytes.subarray(0, data.length)),
          )
          assert.ok(held, `item ${item.id}`)
        }
      })

      it('has items that lie on nothing else', () => {
        const spans = found(name).filter(({ id, partition }) => partition !== null || id > 3)
        for (const a of spans) {
          for (const b of spans) {
            const apart = a === b || a.region !== b.region || a.to <= b.from || b.to <= a.from
            assert.ok(apart, `items ${a.id} and ${b.id}`)
          }
        }
      })

      it('has free space in every heap', () => {
        const image = buildImage(description)
        assert.ok(image.read32(0xc8) > 0)
        for (const { offset } of image.partitions) {
          assert.ok(image.read32(offset + 16) - image.read32(offset + 12) > 0x100)
        }
      })

      it('lies where its board says', () => {
        assert.equal(board.carveOut.base, description.base)
        assert.equal(board.carveOut.size, description.size)
        assert.deepEqual(board.auxiliary, description.auxiliary ?? [])
        assert.match(board.model ?? '', /fake/)
        assert.equal(board.soc, `qcom,${name}`)
        assert.equal(board.hwlock.index, 3)
        assert.equal(board.hwlock.address, board.hwlock.bank.base + 3 * 0x1000)
      })
    })
  }

  it('msm8916 is a version 11 with the RPM channel in message RAM', () => {
    const { describe, board } = profiles.msm8916
    const { version, base, size } = describe()
    assert.deepEqual([version, base, size], [11, 0x86300000, 0x100000])
    assert.deepEqual(board.auxiliary, [{ base: 0x60000, size: 0x8000 }])
    assert.equal(board.hwlock.address, 0x01908000)
    const image = buildImage(describe())
    const inMessageRam = image.items.filter(({ region }) => region === 1)
    assert.deepEqual(
      inMessageRam.map(({ id, size: bytes }) => [id, bytes]),
      [
        [14, 88],
        [338, 0x800],
      ],
    )
    assert.equal(image.ptable, null)
  })

  it('msm8916 tells its chip in socinfo format 0.8', () => {
    const socinfo = itemOf('msm8916', 137)
    assert.deepEqual([u32(socinfo, 0), u32(socinfo, 4)], [8, 206])
    assert.equal(socinfo.length, 0x60)
    assert.match(textAt(socinfo, 0x0c, 32), /^8916A/)
    assert.equal(u32(socinfo, 0x44) & 0xffff, 11)
  })

  it('msm8916 has its SMD channels, each with info and FIFO', () => {
    const table = itemOf('msm8916', 13)
    assert.equal(table.length, 2048)
    const channels = []
    for (let at = 0; at < table.length; at += 32) {
      if (u32(table, at + 28) === 0) continue
      const cid = u32(table, at + 20)
      assert.ok([40, 88].includes(itemOf('msm8916', 14 + cid).length))
      assert.ok(Number.isInteger(Math.log2(itemOf('msm8916', 338 + cid).length / 2)))
      channels.push([textAt(table, at, 20), cid, u32(table, at + 24)])
    }
    assert.deepEqual(channels, [
      ['rpm_requests', 0, 0x20f],
      ['IPCRTR', 1, 0x200],
      ['DS', 2, 0x100],
      ['WCNSS_CTRL', 3, 0x206],
    ])
  })

  it('sdm845 is a version 12 with a partition between two foreign hosts', () => {
    const { describe, board } = profiles.sdm845
    const { version, base, size } = describe()
    assert.deepEqual([version, base, size], [12, 0x86000000, 0x200000])
    assert.equal(board.hwlock.address, 0x01f43000)
    const image = buildImage(describe())
    assert.deepEqual(
      image.partitions.map(({ host0, host1 }) => `${host0},${host1}`),
      ['65534,65534', '0,1', '0,2', '0,3', '0,5', '8,0', '1,2'],
    )
    const info = image.ptable! + 0x20 + 7 * 48
    assert.equal(image.read32(info), 0x49494953)
    assert.equal(image.read32(info + 16), 512)
    assert.deepEqual(
      image.items.filter(({ cached }) => cached).map(({ id }) => id),
      [336, 408, 409, 11],
    )
  })

  it('sdm845 tells its chip in socinfo format 0.12, PMICs behind the fixed part', () => {
    const socinfo = itemOf('sdm845', 137)
    assert.deepEqual([u32(socinfo, 0), u32(socinfo, 4), u32(socinfo, 8)], [12, 321, 0x20001])
    assert.equal(u32(socinfo, 0x6c), 79)
    assert.deepEqual([u32(socinfo, 0x64), u32(socinfo, 0x68)], [3, 0x78])
    assert.deepEqual(
      [0, 1, 2].map((i) => u32(socinfo, 0x78 + 8 * i) & 0xffff),
      [20, 21, 24],
    )
    assert.equal(socinfo.length, 0x78 + 3 * 8)
  })

  it('sdm845 names its images at their indices', () => {
    const versions = itemOf('sdm845', 469)
    assert.equal(versions.length, 4096)
    assert.match(textAt(versions, 0, 75), /^BOOT\./)
    assert.match(textAt(versions, 128 + 75, 20), /^SDM845/)
    assert.match(textAt(versions, 11 * 128, 75), /^MPSS\./)
    assert.equal(textAt(versions, 16 * 128 + 96, 32), 'fake-soc')
  })

  it('sc7280 has ids above 511 and the generic SMP2P pair', () => {
    const image = buildImage(profiles.sc7280.describe())
    const info = image.ptable! + 0x20 + image.partitions.length * 48
    assert.equal(image.read32(info + 16), 768)
    for (const id of [601, 602, 603, 626, 667]) assert.ok(itemOf('sc7280', id).length > 0)
    for (const id of [616, 617]) {
      assert.equal(itemOf('sc7280', id, '0,13').toString('latin1', 0, 4), '$SMP')
    }
    assert.equal(u32(itemOf('sc7280', 137), 4), 487)
    assert.match(textAt(itemOf('sc7280', 667), 5 * 128, 75), /^DEVCFG\./)
  })
})
