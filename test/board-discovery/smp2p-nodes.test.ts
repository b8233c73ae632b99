// SPDX-License-Identifier: MIT
// The edges of SMP2P out of a device tree, and back from an item to its edge.

import assert from 'node:assert/strict'
import { discoverBoard } from '#lib/board/discover.js'
import { readDtb } from '#lib/board/fdt.js'
import { smp2pNodes } from '#lib/board/smp2p-nodes.js'
import { smp2pNodeOf } from '#lib/inspect/smp2p-edge.js'
import { sdm845 } from './boards.js'
import { dtb, type TreeText } from './tree-writer.js'

const compatible = 'qcom,smp2p'
const word = (name: string, more: TreeText = { '#qcom,smem-state-cells': 1 }): TreeText => ({
  'qcom,entry-name': name,
  ...more,
})
const heard = { 'interrupt-controller': true, '#interrupt-cells': 2 } as const

const modem: TreeText = {
  compatible,
  'qcom,smem': [435, 428],
  'qcom,local-pid': 0,
  'qcom,remote-pid': 1,
  'master-kernel': word('master-kernel'),
  'slave-kernel': word('slave-kernel', heard),
  'ipa-ap-to-modem': word('ipa'),
  'ipa-modem-to-ap': word('ipa', heard),
}
const generic = (remote: number): TreeText => ({
  compatible,
  'qcom,smem': [617, 616],
  'qcom,remote-pid': remote,
})

const nodesOf = (tree: TreeText) => smp2pNodes(readDtb(dtb(tree)))
const boardOf = (more: TreeText) => discoverBoard(readDtb(dtb({ ...sdm845, ...more })))

describe('the SMP2P nodes of a device tree', () => {
  it('tell the items of each direction, and the words by direction', () => {
    assert.deepEqual(nodesOf({ 'smp2p-mpss': modem }), [
      {
        node: '/smp2p-mpss',
        remote: 1,
        in: 435,
        out: 428,
        entries: [
          { name: 'master-kernel', direction: 'out' },
          { name: 'slave-kernel', direction: 'in' },
          { name: 'ipa', direction: 'out' },
          { name: 'ipa', direction: 'in' },
        ],
      },
    ])
  })

  it('are found at the root and below a bus, and not by their name', () => {
    const found = nodesOf({
      first: modem,
      soc: { second: modem, bus: { deep: modem } },
      'smp2p-adsp': { ...modem, compatible: 'something,else' },
    })
    assert.deepEqual(
      found.map(({ node }) => node),
      ['/first', '/soc/second'],
    )
  })

  it('are left out where they do not say what they have to', () => {
    const { 'qcom,remote-pid': _, ...nobody } = modem
    const broken: TreeText = {
      a: nobody,
      b: { compatible, 'qcom,remote-pid': 1 },
      c: { ...modem, 'qcom,smem': [435] },
      d: { ...modem, 'qcom,smem': new Uint8Array(7) },
      e: { ...modem, 'qcom,remote-pid': [1, 2] },
      f: { ...modem, child: { 'interrupt-controller': true } },
    }
    const found = nodesOf(broken)
    assert.deepEqual(
      found.map(({ node, entries }) => [node, entries.length]),
      [['/f', 4]],
    )
  })

  it('are part of the board', () => {
    assert.deepEqual(boardOf({}).smp2p, [])
    const [edge] = boardOf({ 'smp2p-mpss': modem }).smp2p!
    assert.deepEqual([edge!.in, edge!.out], [435, 428])
  })
})

describe('an SMP2P item', () => {
  const board = boardOf({
    'smp2p-mpss': modem,
    'smp2p-wpss': generic(13),
    'smp2p-nsp1': generic(12),
  })

  it('has its node, its direction, and the words that the kernel uses', () => {
    const expected = { node: '/smp2p-mpss', remote: 1 }
    assert.deepEqual(smp2pNodeOf(board, { id: 435, host: 1 }), {
      ...expected,
      direction: 'in',
      entries: ['slave-kernel', 'ipa'],
    })
    assert.deepEqual(smp2pNodeOf(board, { id: 428, host: null }), {
      ...expected,
      direction: 'out',
      entries: ['master-kernel', 'ipa'],
    })
  })

  it('of an id that several edges have is told by its partition', () => {
    assert.equal(smp2pNodeOf(board, { id: 616, host: 12 })?.node, '/smp2p-nsp1')
    assert.equal(smp2pNodeOf(board, { id: 617, host: 13 })?.node, '/smp2p-wpss')
    assert.equal(smp2pNodeOf(board, { id: 616, host: null }), null)
    assert.equal(smp2pNodeOf(board, { id: 616, host: 5 }), null)
  })

  it('has none where the tree does not refer to it, or no tree was read', () => {
    assert.equal(smp2pNodeOf(board, { id: 443, host: 2 }), null)
    const { smp2p: _, ...untold } = board
    assert.equal(smp2pNodeOf(untold, { id: 435, host: 1 }), null)
    assert.equal(smp2pNodeOf(null, { id: 435, host: 1 }), null)
  })
})
