// SPDX-License-Identifier: MIT
// The word that guards SMEM: which bank, which layout, which lock.

import assert from 'node:assert/strict'
import type { HwlockWord } from '#lib/board/board.js'
import { discoverBoard } from '#lib/board/discover.js'
import { readDtb } from '#lib/board/fdt.js'
import { lockFamilies } from '#lib/data/lock-families.js'
import { dtb, type TreeText, type Value } from './tree-writer.js'

interface Pieces {
  hwlocks?: Value
  provider?: TreeText
  rest?: TreeText
}

const tcsr: TreeText = {
  phandle: 5,
  compatible: 'qcom,tcsr-mutex',
  reg: [0x01905000, 0x20000],
  '#hwlock-cells': 1,
}

function hwlock({ hwlocks = [5, 3], provider = tcsr, rest = {} }: Pieces): HwlockWord | null {
  const tree: TreeText = {
    '#address-cells': 1,
    '#size-cells': 1,
    smem: { compatible: 'qcom,smem', reg: [0x86300000, 0x100000], hwlocks },
    hwlock: provider,
    ...rest,
  }
  return discoverBoard(readDtb(dtb(tree))).hwlock
}

describe('the mutex word', () => {
  for (const family of lockFamilies) {
    for (const name of family.compatible) {
      it(`of ${name} is at ${family.offset} + 3 x ${family.stride}`, () => {
        // The general name comes along on real boards, after the special one.
        const compatible = [name, 'qcom,tcsr-mutex', 'syscon']
        const found = hwlock({ provider: { ...tcsr, compatible } })
        assert.equal(found?.family, family.name)
        assert.equal(found.address, 0x01905000 + family.offset + 3 * family.stride)
      })
    }
  }

  it('is another one with another index', () => {
    assert.equal(hwlock({ hwlocks: [5, 31] })?.address, 0x01905000 + 31 * 0x1000)
  })

  it('behind a syscon takes offset and stride from there', () => {
    const provider = {
      phandle: 5,
      compatible: 'qcom,sfpb-mutex',
      syscon: [6, 0x604, 0x4],
      '#hwlock-cells': 1,
    }
    const rest = { 'syscon@1200000': { phandle: 6, reg: [0x01200000, 0x8000] } }
    assert.deepEqual(hwlock({ provider, rest }), {
      family: 'sfpb',
      bank: { base: 0x01200000, size: 0x8000 },
      index: 3,
      address: 0x01200610,
      form: 'syscon',
    })
  })

  it('prefers the syscon where there is a reg too', () => {
    const rest = { regs: { phandle: 6, reg: [0x02000000, 0x1000] } }
    const found = hwlock({ provider: { ...tcsr, syscon: [6, 0, 0x80] }, rest })
    assert.deepEqual([found?.form, found?.address], ['syscon', 0x02000180])
  })

  const broken: ({ name: string; message: RegExp } & Pieces)[] = [
    { name: 'an empty hwlocks', hwlocks: true, message: /"hwlocks" is empty/ },
    { name: 'a bank without an index', hwlocks: [5], message: /no lock index/ },
    { name: 'a phandle that leads nowhere', hwlocks: [8, 3], message: /phandle 0x8/ },
    {
      name: 'an index outside the bank',
      hwlocks: [5, 32],
      message: /lock 32 would be at 0x01925000/,
    },
    {
      name: 'a bank that takes no index',
      provider: { ...tcsr, '#hwlock-cells': 0 },
      message: /has 0/,
    },
    {
      name: 'a bank without #hwlock-cells',
      provider: { phandle: 5, compatible: 'qcom,tcsr-mutex', reg: [1, 1] },
      message: /no "#hwlock-cells"/,
    },
    {
      name: 'a bank of another maker',
      provider: { ...tcsr, compatible: ['st,stm32-hwspinlock'] },
      message: /st,stm32-hwspinlock/,
    },
    {
      name: 'a bank without a name',
      provider: { phandle: 5, '#hwlock-cells': 1, reg: [1, 1] },
      message: /no "compatible"/,
    },
    {
      name: 'a bank without registers',
      provider: { phandle: 5, '#hwlock-cells': 1, compatible: 'qcom,tcsr-mutex' },
      message: /has no "reg"/,
    },
    {
      name: 'a syscon of two cells',
      provider: { ...tcsr, syscon: [6, 0] },
      message: /<phandle offset stride>/,
    },
    {
      name: 'a syscon that leads nowhere',
      provider: { ...tcsr, syscon: [6, 0, 0x80] },
      message: /"syscon" points to phandle 0x6/,
    },
  ]
  for (const { name, message, ...pieces } of broken) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => hwlock(pieces), { name: 'SmemError', code: 'EINVAL', message, hint: /./ })
    })
  }
})

describe('the mutex word of a vendor tree', () => {
  function vendor(locks: number, size: number): HwlockWord | null {
    const spinlock = { compatible: 'qcom,ipc-spinlock-sfpb', reg: [0xfd484000, size] }
    const smem = { compatible: 'qcom,smem', reg: [0x0fa00000, 0x200000] }
    const bank = { ...spinlock, 'qcom,num-locks': locks }
    return discoverBoard(readDtb(dtb({ '#address-cells': 1, '#size-cells': 1, smem, bank }))).hwlock
  }

  it('has the stride that size and number of locks give', () => {
    assert.equal(vendor(8, 0x400)?.address, 0xfd484180)
    assert.equal(vendor(8, 0x8000)?.address, 0xfd487000)
  })

  it('is refused with a stride that no bank has, or without a third lock', () => {
    assert.throws(() => vendor(8, 0x404), { code: 'EINVAL', message: /stride/ })
    assert.throws(() => vendor(0, 0x400), { code: 'EINVAL', message: /stride/ })
    assert.throws(() => vendor(2, 0x100), { code: 'EINVAL' })
  })
})
