// SPDX-License-Identifier: MIT
// What doctor makes of a device tree that does not agree with Linux's own trees for the same SoC.

import assert from 'node:assert/strict'
import type { Board } from '#lib/board/board.js'
import { boardOfSoc } from '#lib/board/table.js'
import { boardTable } from '#lib/inspect/doctor/board-table.js'
import type { Machine } from '#lib/inspect/doctor/machine.js'

const verdict = (board: Board | null) => boardTable({ board } as Machine)
const msm8916 = boardOfSoc('msm8916')
const moved: Board = { ...msm8916, carveOut: { ...msm8916.carveOut, base: 0x87d00000 } }

describe('the board-table check', () => {
  it('is content where tree and table agree', () => {
    const { status, evidence } = verdict(msm8916)
    assert.equal(status, 'ok')
    assert.deepEqual(evidence, ['table of boards: qcom,msm8916, 0x86300000, 1048576 bytes'])
  })

  it('is content with each of the two places of a SoC', () => {
    assert.equal(verdict(boardOfSoc('msm8226@0x0fa00000')).status, 'ok')
    assert.equal(verdict(boardOfSoc('msm8226@0x03000000')).status, 'ok')
  })

  it('finds the SoC where the board stands after it in compatible', () => {
    assert.equal(verdict({ ...msm8916, compatible: ['qcom,msm8916', 'qcom,mtp'] }).status, 'ok')
  })

  it('warns of another base with both sides, and believes the tree', () => {
    const { status, evidence, remedy } = verdict(moved)
    assert.equal(status, 'warning')
    assert.deepEqual(evidence, [
      'SMEM: 0x87d00000, 1048576 bytes in /proc/device-tree, 0x86300000, 1048576 bytes in the table',
    ])
    assert.match(remedy!, /^the device tree of this machine is believed/)
  })

  it('warns of another size, another lock and other auxiliary regions, a line each', () => {
    const other: Board = {
      ...msm8916,
      carveOut: { ...msm8916.carveOut, size: 0x200000 },
      hwlock: null,
      auxiliary: [],
    }
    assert.deepEqual(verdict(other).evidence, [
      'SMEM: 0x86300000, 2097152 bytes in /proc/device-tree, 0x86300000, 1048576 bytes in the table',
      'lock: none in /proc/device-tree, 0x01908000 in the table',
      'auxiliary regions: none in /proc/device-tree, 0x00060000, 32768 bytes in the table',
    ])
  })

  it('compares with the row that is nearest', () => {
    const board = boardOfSoc('msm8226@0x03000000')
    assert.equal(verdict({ ...board, auxiliary: [] }).evidence.length, 1)
  })

  it('does not judge what it cannot look up', () => {
    assert.equal(verdict(null).status, 'unknown')
    assert.equal(verdict({ ...msm8916, compatible: ['acme,board'] }).status, 'unknown')
    assert.equal(verdict({ ...msm8916, compatible: ['qcom,msm8660'] }).status, 'unknown')
  })
})
