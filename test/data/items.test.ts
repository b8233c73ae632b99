// SPDX-License-Identifier: MIT
// What is known of items and hosts: names, other names, and ids that mean two things.

import assert from 'node:assert/strict'
import { Host, hostByName, hostName } from '#lib/data/hosts.js'
import { allItemFacts, itemFacts } from '#lib/data/item-facts.js'
import { ItemId, itemByName, itemName, knownItems } from '#lib/data/item-names.js'
import { builtinOf, decoders } from '#lib/items/registry.js'

describe('items by name', () => {
  it('are 520, each found by its own name', () => {
    const items = knownItems()
    assert.equal(items.length, 520)
    for (const { id, name } of items) assert.equal(itemByName(name), id, name)
  })

  it('are found by the names of other lists', () => {
    assert.equal(itemByName('RESERVE_BAD_BLOCKS'), 11)
    assert.equal(itemByName('SMEM_MDDI_LCD_IDX'), 94)
    assert.equal(itemByName('glink_native_xport_fifo_1'), 480)
    assert.equal(itemByName('SMEM_ID_SMP2P_BASE_TZ'), 489)
    assert.equal(itemByName('SMP2P_SENSOR_BASE+7'), 488)
    assert.equal(itemByName('SMD_BLOCK_PORT_BASE_ID+63'), 201)
    assert.equal(itemByName('VERSION_FIRST'), 107)
  })

  it('keep a name for the id that most lists give it to', () => {
    assert.equal(itemByName('BOOT_FLASH_TYPE'), 498)
    assert.equal(itemByName('PARTITION_TABLE_OFFSET'), 504)
  })

  it('never share another name with a second id', () => {
    const owners = new Map<string, number>()
    const own = new Set(knownItems().map(({ name }) => name))
    for (const { id, aliases, readings } of allItemFacts()) {
      for (const { name } of [...aliases, ...readings.slice(1)]) {
        if (own.has(name)) continue
        assert.equal(owners.get(name) ?? id, id, name)
        owners.set(name, id)
        assert.equal(itemByName(name), id, name)
      }
    }
    assert.ok(owners.size > 250)
  })

  it('have a constant for each name, the first id for a run', () => {
    for (const [name, id] of Object.entries(ItemId)) assert.equal(itemByName(name), id, name)
    assert.equal(ItemId.HW_SW_BUILD_ID, 137)
    assert.equal(ItemId.SMP2P_APPS_BASE, 427)
    assert.equal(Object.keys(ItemId).length, 129)
  })
})

describe('facts of an item', () => {
  it('say for every known id what it holds and which lists say so', () => {
    for (const { id, name, readings } of allItemFacts()) {
      assert.equal(name, itemName(id))
      for (const { holds, lists } of readings) {
        assert.match(holds, /^[^#]+$/, name)
        assert.ok(lists.length > 0, name)
      }
    }
  })

  it('are there for no other id', () => {
    assert.equal(itemFacts(512), null)
    assert.equal(itemFacts(-1), null)
    assert.equal(itemFacts(700), null)
  })

  it('have both readings of an ambiguous id, and how to tell', () => {
    const { readings, tell } = itemFacts(97)!
    assert.deepEqual(
      readings.map(({ name }) => name),
      ['SMEM_SMP2P_CDSP_BASE+3', 'SMEM_LCD_CUR_PANEL'],
    )
    assert.match(tell!, /\$SMP/)
    assert.match(itemFacts(424)!.tell!, /router/)
  })

  it('tell the ids that routers borrowed from SMP2P by what their decoders go by', () => {
    const tellOf = (id: number) => itemFacts(id)!.tell!
    for (const id of [427, 428, 482, 483, 484]) {
      assert.match(tellOf(id), /begins with the bytes "\$SMP"/)
      assert.equal(
        /one or two words/.test(tellOf(id)),
        builtinOf(id).includes(decoders.routerBootOld),
      )
      assert.equal(/0xa3a2a1a0/.test(tellOf(id)), builtinOf(id).includes(decoders.dualBootOld))
    }
  })

  it('tell how to know a reading exactly where there are two', () => {
    for (const { name, readings, tell } of allItemFacts()) {
      assert.equal(tell !== null, readings.length > 1, name)
    }
    assert.equal(itemFacts(137)!.tell, null)
  })

  it('have the other names of the same content, with whose they are', () => {
    assert.deepEqual(itemFacts(452)!.aliases, [
      { name: 'SMEM_ID_SMP2P_BASE_WCN+1', lists: 'little-kernel, TF-A, EDK2' },
      { name: 'SMEM_SMP2P_WIRLESS_BASE+1', lists: 'msm kernels from 3.4 (spelled so)' },
    ])
    assert.equal(itemFacts(475)!.aliases[0]!.name, 'SMEM_IPC_FIFO')
  })

  it('name the ids that some lists give this name to', () => {
    assert.deepEqual(itemFacts(498)!.namesakes, [{ id: 421, lists: 'router U-Boot for IPQ806x' }])
    assert.deepEqual(
      itemFacts(504)!.namesakes.map(({ id }) => id),
      [428, 483],
    )
    assert.deepEqual(itemFacts(267)!.namesakes, [])
  })
})

describe('hosts', () => {
  it('are found by their names, in any spelling', () => {
    for (const [name, id] of Object.entries(Host)) assert.equal(hostByName(name), id)
    assert.equal(hostByName('Apps_VM'), 15)
    assert.equal(hostName(Host.SPSS_SP), 'spss-sp')
    assert.equal(hostName(26), null)
  })

  it('are found by the names that device trees and drivers use', () => {
    const expected = {
      mpss: 1,
      lpass: 2,
      slpi: 3,
      dsps: 3,
      wcnss: 4,
      nsp: 5,
      cdsp1: 12,
      common: 0xfffe,
    }
    for (const [name, id] of Object.entries(expected)) assert.equal(hostByName(name), id, name)
    assert.equal(hostByName('constructor'), null)
  })
})
