// SPDX-License-Identifier: MIT
// The names of items and hosts.

import assert from 'node:assert/strict'
import { hostByName, hostName } from '#lib/data/hosts.js'
import { ItemId, itemByName, itemName, knownItems } from '#lib/data/item-names.js'

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
    assert.equal(itemByName('version_first'), 107)
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
