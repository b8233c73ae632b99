// SPDX-License-Identifier: MIT
// A board out of a device tree: the worked examples of the real boards, every style of describing
// SMEM, and every way in which the description can be broken.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Board } from '#lib/board/board.js'
import { discoverBoard } from '#lib/board/discover.js'
import { readDtb } from '#lib/board/fdt.js'
import { readProcDeviceTree } from '#lib/board/proc.js'
import { ipq8064, msm8916, msm8974, sdm845, vendorMsm8909, x1e80100 } from './boards.js'
import { dtb, type TreeText, writeFolder } from './tree-writer.js'

const fromDtb = (tree: TreeText): Board => discoverBoard(readDtb(dtb(tree)))

const examples: { name: string; tree: TreeText; board: Board }[] = [
  {
    name: 'SDM845: the reserved-memory node is the device',
    tree: sdm845,
    board: {
      model: 'Thundercomm Dragonboard 845c',
      compatible: ['thundercomm,db845c', 'qcom,sdm845'],
      soc: 'qcom,sdm845',
      carveOut: {
        base: 0x86000000,
        size: 0x200000,
        node: '/reserved-memory/smem@86000000',
        noMap: true,
      },
      auxiliary: [],
      hwlock: {
        family: 'tcsr',
        bank: { base: 0x01f40000, size: 0x20000 },
        index: 3,
        address: 0x01f43000,
        form: 'reg',
      },
    },
  },
  {
    name: 'MSM8974: memory-region, one address cell, the special mutex before the general one',
    tree: msm8974,
    board: {
      model: 'LGE MSM 8974 HAMMERHEAD',
      compatible: ['lge,hammerhead', 'qcom,msm8974'],
      soc: 'qcom,msm8974',
      carveOut: {
        base: 0x0fa00000,
        size: 0x200000,
        node: '/reserved-memory/smem@fa00000',
        noMap: true,
      },
      auxiliary: [{ base: 0xfc428000, size: 0x4000 }],
      hwlock: {
        family: 'tcsr-0x80',
        bank: { base: 0xfd484000, size: 0x2000 },
        index: 3,
        address: 0xfd484180,
        form: 'reg',
      },
    },
  },
  {
    name: 'MSM8916: other cells below /soc, and a window one byte short of 4 GiB',
    tree: msm8916,
    board: {
      model: 'Qualcomm Technologies, Inc. APQ 8016 SBC',
      compatible: ['qcom,apq8016-sbc', 'qcom,apq8016'],
      soc: 'qcom,apq8016',
      carveOut: {
        base: 0x86300000,
        size: 0x100000,
        node: '/reserved-memory/smem@86300000',
        noMap: true,
      },
      auxiliary: [{ base: 0x60000, size: 0x8000 }],
      hwlock: {
        family: 'tcsr',
        bank: { base: 0x01905000, size: 0x20000 },
        index: 3,
        address: 0x01908000,
        form: 'reg',
      },
    },
  },
  {
    name: 'IPQ8064: the SFPB bank, whose first lock is at 4',
    tree: ipq8064,
    board: {
      model: 'Qualcomm Technologies, Inc. IPQ8064/AP-148',
      compatible: ['qcom,ipq8064-ap148', 'qcom,ipq8064'],
      soc: 'qcom,ipq8064',
      carveOut: {
        base: 0x41000000,
        size: 0x200000,
        node: '/reserved-memory/smem@41000000',
        noMap: true,
      },
      auxiliary: [],
      hwlock: {
        family: 'sfpb',
        bank: { base: 0x01200600, size: 0x100 },
        index: 3,
        address: 0x01200610,
        form: 'reg',
      },
    },
  },
  {
    name: 'X1E80100: a carve-out that ends exactly at 4 GiB',
    tree: x1e80100,
    board: {
      model: 'Lenovo Yoga Slim 7x',
      compatible: ['lenovo,yoga-slim7x', 'qcom,x1e80100'],
      soc: 'qcom,x1e80100',
      carveOut: {
        base: 0xffe00000,
        size: 0x200000,
        node: '/reserved-memory/smem@ffe00000',
        noMap: true,
      },
      auxiliary: [],
      hwlock: {
        family: 'tcsr',
        bank: { base: 0x01f40000, size: 0x20000 },
        index: 3,
        address: 0x01f43000,
        form: 'reg',
      },
    },
  },
  {
    name: 'MSM8909 with a vendor kernel: reg with reg-names, and a lock nothing points to',
    tree: vendorMsm8909,
    board: {
      model: 'Qualcomm Technologies, Inc. MSM 8909 QRD SKUE',
      compatible: ['qcom,msm8909-qrd', 'qcom,msm8909'],
      soc: 'qcom,msm8909',
      carveOut: {
        base: 0x87d00000,
        size: 0x100000,
        node: '/soc/qcom,smem@87d00000',
        noMap: true,
      },
      auxiliary: [
        { base: 0x60000, size: 0x8000 },
        { base: 0x70000, size: 0x1000 },
      ],
      hwlock: {
        family: 'tcsr',
        bank: { base: 0x01905000, size: 0x8000 },
        index: 3,
        address: 0x01908000,
        form: 'reg',
      },
    },
  },
]

describe('a board out of its device tree', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'smem-tree-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  examples.forEach(({ name, tree, board }, index) => {
    it(`finds ${name} (.dtb)`, () => {
      assert.deepEqual(fromDtb(tree), { ...board, smp2p: [] })
    })
    it(`finds ${name} (/proc/device-tree)`, () => {
      const root = join(folder, `${index}`)
      writeFolder(root, tree)
      assert.deepEqual(discoverBoard(readProcDeviceTree(root)), { ...board, smp2p: [] })
    })
  })
})

/** A tree with nothing but what the case is about. */
function small(smem: TreeText, region: TreeText = {}, rest: TreeText = {}): TreeText {
  return {
    '#address-cells': 1,
    '#size-cells': 1,
    'reserved-memory': {
      '#address-cells': 1,
      '#size-cells': 1,
      ranges: true,
      'smem@80000000': { phandle: 1, reg: [0x80000000, 0x200000], 'no-map': true, ...region },
    },
    smem: { compatible: 'qcom,smem', 'memory-region': 1, ...smem },
    ...rest,
  }
}

describe('the smem node', () => {
  it('is found without model, compatible and hwlocks of the machine', () => {
    const { model, compatible, soc, hwlock, auxiliary } = fromDtb(small({}))
    assert.deepEqual(
      { model, compatible, soc, hwlock, auxiliary },
      {
        model: null,
        compatible: [],
        soc: null,
        hwlock: null,
        auxiliary: [],
      },
    )
  })

  it('counts with the status "ok" and "okay"', () => {
    for (const status of ['ok', 'okay']) {
      assert.equal(fromDtb(small({ status })).carveOut.base, 0x80000000)
    }
  })

  it('does not count when disabled, and the error names it', () => {
    assert.throws(() => fromDtb(small({ status: 'disabled' })), {
      code: 'ENODEV',
      message: /\/smem.*status/,
      hint: /--source fake/,
    })
  })

  it('is not a node that only sounds like it', () => {
    assert.throws(() => fromDtb(small({ compatible: ['qcom,smem-part', 'qcom,smem-state'] })), {
      code: 'ENODEV',
      message: /no "qcom,smem" node/,
    })
  })

  it('is ignored beside a disabled one', () => {
    const second = { compatible: 'qcom,smem', status: 'disabled' }
    assert.equal(fromDtb(small({}, {}, { second })).carveOut.base, 0x80000000)
  })

  it('refuses two of them, naming both', () => {
    assert.throws(() => fromDtb(small({}, { compatible: 'qcom,smem' })), {
      code: 'EINVAL',
      message: /\/reserved-memory\/smem@80000000.*second.*\/smem/,
    })
  })

  it('is found deep in the tree', () => {
    const smem = { compatible: 'qcom,smem', 'memory-region': 1 }
    const tree = small({ compatible: 'other' }, {}, { a: { b: { c: { smem } } } })
    assert.equal(fromDtb(tree).carveOut.base, 0x80000000)
  })
})

describe('the carve-out', () => {
  it('without no-map says so', () => {
    const tree = small({})
    delete ((tree['reserved-memory'] as TreeText)['smem@80000000'] as TreeText)['no-map']
    assert.equal(fromDtb(tree).carveOut.noMap, false)
  })

  it('takes the first of several pairs', () => {
    const tree = small({}, { reg: [0x80000000, 0x100000, 0x90000000, 0x1000] })
    assert.deepEqual(fromDtb(tree).carveOut.size, 0x100000)
  })

  it('of a vendor tree is entry 0 where nothing is named, and mapped where nothing covers it', () => {
    const board = fromDtb({
      '#address-cells': 1,
      '#size-cells': 1,
      smem: { compatible: 'qcom,smem', reg: [0x0fa00000, 0x200000] },
    })
    assert.deepEqual(board.carveOut, {
      base: 0x0fa00000,
      size: 0x200000,
      node: '/smem',
      noMap: false,
    })
  })

  it('of a vendor tree is not covered by a no-map region that ends inside of it', () => {
    const tree = structuredClone(vendorMsm8909)
    const regions = tree['reserved-memory'] as TreeText
    regions['external_image__region@0'] = { reg: [0x87b00000, 0x200001], 'no-map': true }
    assert.equal(fromDtb(tree).carveOut.noMap, false)
  })

  it('may lie above 4 GiB', () => {
    const tree = structuredClone(sdm845)
    const node = (tree['reserved-memory'] as TreeText)['smem@86000000'] as TreeText
    node.reg = [0x8, 0x80000000, 0, 0x200000]
    assert.equal(fromDtb(tree).carveOut.base, 0x880000000)
  })

  it('has 2 address cells and 1 size cell where the parent does not say', () => {
    const tree = small({}, { reg: [0, 0x80000000, 0x200000] })
    const regions = tree['reserved-memory'] as TreeText
    delete regions['#address-cells']
    delete regions['#size-cells']
    assert.deepEqual(fromDtb(tree).carveOut.size, 0x200000)
  })

  const broken: { name: string; tree: TreeText; message: RegExp }[] = [
    { name: 'nowhere', tree: { smem: { compatible: 'qcom,smem' } }, message: /says nowhere/ },
    { name: 'an empty memory-region', tree: small({ 'memory-region': true }), message: /is empty/ },
    { name: 'a dangling phandle', tree: small({ 'memory-region': 9 }), message: /phandle 0x9/ },
    {
      name: 'a memory-region of half a cell',
      tree: small({ 'memory-region': new Uint8Array(6) }),
      message: /6 bytes/,
    },
    { name: 'a reg of half an entry', tree: small({}, { reg: [0x80000000] }), message: /1 cells/ },
    { name: 'an empty reg', tree: small({}, { reg: true }), message: /entry 0 is missing/ },
    { name: 'size 0', tree: small({}, { reg: [0x80000000, 0] }), message: /size 0/ },
    {
      name: 'half words',
      tree: small({}, { reg: [0x80000002, 0x200000] }),
      message: /whole words/,
    },
    {
      name: 'a place beyond 2^53',
      tree: {
        smem: { compatible: 'qcom,smem', reg: [0xffffffff, 0xffffffff, 0x1000] },
      },
      message: /beyond/,
    },
    {
      name: 'two cells where one is meant',
      tree: { '#address-cells': [1, 1], smem: { compatible: 'qcom,smem', reg: [1, 1] } },
      message: /"#address-cells" has 2 cells/,
    },
    {
      name: 'too many cells',
      tree: { '#address-cells': 0x10000000, smem: { compatible: 'qcom,smem', reg: [1, 1] } },
      message: /more than 4/,
    },
    {
      name: 'no cells at all, but a reg',
      tree: { '#address-cells': 0, '#size-cells': 0, smem: { compatible: 'qcom,smem', reg: 1 } },
      message: /no multiple of 0 \+ 0/,
    },
    { name: 'the root', tree: { compatible: 'qcom,smem', reg: [1, 1] }, message: /root node/ },
  ]
  for (const { name, tree, message } of broken) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => fromDtb(tree), { name: 'SmemError', code: 'EINVAL', message, hint: /./ })
    })
  }

  it('that the kernel placed at boot is refused with what to do', () => {
    const tree = small({})
    const regions = tree['reserved-memory'] as TreeText
    regions['smem@80000000'] = { phandle: 1, size: 0x200000, alignment: 0x1000, 'no-map': true }
    assert.throws(() => fromDtb(tree), { code: 'EINVAL', message: /no "reg"/, hint: /fixed "reg"/ })
  })
})

describe('the auxiliary region', () => {
  it('is where qcom,rpm-msg-ram points, behind its bus', () => {
    const soc = {
      '#address-cells': 1,
      '#size-cells': 1,
      ranges: [0, 0xf0000000, 0x10000000],
      'sram@428000': { phandle: 7, reg: [0x428000, 0x4000] },
    }
    assert.deepEqual(fromDtb(small({ 'qcom,rpm-msg-ram': 7 }, {}, { soc })).auxiliary, [
      { base: 0xf0428000, size: 0x4000 },
    ])
  })

  it('is refused where the phandle is missing or leads nowhere', () => {
    assert.throws(() => fromDtb(small({ 'qcom,rpm-msg-ram': true })), { code: 'EINVAL' })
    assert.throws(() => fromDtb(small({ 'qcom,rpm-msg-ram': 99 })), {
      code: 'EINVAL',
      message: /"qcom,rpm-msg-ram" points to phandle 0x63/,
    })
  })
})
