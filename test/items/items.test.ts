// SPDX-License-Identifier: MIT
// Decoders, on bytes written down here, and the names of items and hosts.

import assert from 'node:assert/strict'
import { hostByName, hostName } from '#lib/data/hosts.js'
import { ItemId, itemByName, itemName, knownItems } from '#lib/data/item-names.js'
import { decode } from './decode.js'

const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer)
const text = (value: string, size: number) => {
  const bytes = Buffer.alloc(size)
  bytes.write(value, 'latin1')
  return bytes
}

describe('item names', () => {
  it('have the SMEM_ prefix once', () => {
    assert.equal(itemName(137), 'SMEM_HW_SW_BUILD_ID')
    assert.equal(itemName(78), 'SMEM_LOG_IDX')
    assert.equal(itemName(16), 'SMEM_SMD_BASE_ID+2')
    assert.equal(itemName(112), 'SMEM_VERSION_FIRST+5')
    assert.equal(itemName(600), null)
  })

  it('are found in any case, with and without prefix', () => {
    for (const name of ['HW_SW_BUILD_ID', 'smem_hw_sw_build_id', 'Hw_Sw_Build_Id']) {
      assert.equal(itemByName(name), 137)
    }
    assert.equal(itemByName('smd_base_id+63'), 77)
    assert.equal(itemByName('smd_base_id'), 14)
    assert.equal(itemByName('version_first'), null)
    assert.equal(itemByName('nothing'), null)
  })

  it('are constants too', () => {
    assert.equal(ItemId.HW_SW_BUILD_ID, 137)
    assert.equal(ItemId.SMP2P_MODEM_BASE, 435)
    assert.equal(ItemId.IMAGE_VERSION_TABLE_2, 667)
  })

  it('cover every id below 512, once each', () => {
    const ids = knownItems().map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual(
      ids.filter((id) => id < 512),
      Array.from({ length: 512 }, (_, id) => id),
    )
  })
})

describe('host names', () => {
  it('go both ways', () => {
    assert.equal(hostName(1), 'modem')
    assert.equal(hostByName('SPSS_SP'), 11)
    assert.equal(hostName(0xfffe), 'global')
    assert.equal(hostName(40), null)
    assert.equal(hostByName('nobody'), null)
  })
})

describe('socinfo', () => {
  const decodeIt = (bytes: Buffer) => decode(137, bytes)
  const v1 = (format: number) =>
    Buffer.concat([words(format, 206, 0x00010002), text('BUILD\u009b[31m', 32)])

  it('of format 0.1 has id, version and build', () => {
    assert.deepEqual(decodeIt(v1(1)), {
      soc: 'MSM8916',
      format: '0.1',
      id: 206,
      version: '1.2',
      buildId: 'BUILD\u009b[31m',
    })
  })

  it('has the fields that its format and its size both allow', () => {
    const longer = Buffer.concat([v1(3), words(7, 8, 9, 10)])
    const decoded = decodeIt(longer) as Record<string, unknown>
    assert.deepEqual([decoded.rawId, decoded.rawVersion, decoded.platform], [7, 8, 9])
    assert.ok(!('platformVersion' in decoded))
    const cut = decodeIt(Buffer.concat([v1(23), words(7), Buffer.alloc(2)])) as object
    assert.deepEqual(Object.keys(cut).at(-1), 'rawId')
  })

  it('of an unknown chip has no name, of an unknown major format is EINVAL', () => {
    const unknown = v1(1)
    unknown.writeUInt32LE(0xffffff, 4)
    assert.equal((decodeIt(unknown) as { soc: null }).soc, null)
    assert.throws(() => decodeIt(v1(0x10000)), { name: 'SmemError', code: 'EINVAL' })
    assert.throws(() => decodeIt(Buffer.alloc(0x2b)), { code: 'EINVAL' })
  })
})

describe('items of the header', () => {
  it('are decoded, and refused when too short', () => {
    assert.deepEqual(decode(1, words(1, 0x5000, 0x1000, 0)), {
      initialized: 1,
      freeOffset: 0x5000,
      available: 0x1000,
      reserved: 0,
      total: 0x6000,
    })
    const versions = Buffer.alloc(128)
    versions.writeUInt32LE(0x000b2002, 28)
    assert.deepEqual(decode(3, versions), [
      { index: 7, owner: 'master SBL', major: 11, minor: 0x2002 },
    ])
    const mailboxes = decode(0, Buffer.alloc(64, 1)) as { command: number }[]
    assert.equal(mailboxes.length, 4)
    assert.equal(mailboxes[3]!.command, 0x01010101)
    for (const id of [0, 1, 3]) {
      assert.throws(() => decode(id, Buffer.alloc(15)), { code: 'EINVAL' })
    }
    assert.equal(decode(400, Buffer.alloc(8)), null)
  })
})
