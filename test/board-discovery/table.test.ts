// SPDX-License-Identifier: MIT
// Boards from the table: places and lock words as the device trees have them, and clear errors for the rest.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { boardOfRow, boardOfSoc, knownSocs, rowsOfSoc } from '#lib/board/table.js'
import { boardRows } from '#lib/data/tables/boards.js'

const hwlockOf = (soc: string) => boardOfSoc(soc).hwlock!

describe('the table of boards', () => {
  it('has 84 rows, 78 of them with SMEM', () => {
    assert.equal(boardRows.length, 84)
    assert.equal(boardRows.filter((row) => boardOfRow(row) !== null).length, 78)
    assert.equal(knownSocs().length, 82)
  })

  it('has a lock word inside its bank for every place of SMEM', () => {
    for (const row of boardRows) {
      const board = boardOfRow(row)
      if (board === null) continue
      const { bank, address } = board.hwlock!
      assert.ok(bank.base <= address && address + 4 <= bank.base + bank.size, row.soc)
      assert.equal(board.carveOut.size % 4096, 0)
    }
  })
})

describe('the table of boards and a distribution', () => {
  // What survey.py, which shares nothing with our reader, found in Debian's device trees.
  const survey = JSON.parse(readFileSync('test/dtbs/survey.json', 'utf8')) as {
    where: {
      smem: { base: string; size: string }
      bank: { base: string; size: string }
      lock: string
      auxiliary: { base: string; size: string }[]
    } | null
    boards: string[]
  }[]
  const places = boardRows.flatMap((row) => boardOfRow(row) ?? [])

  for (const { where, boards } of survey) {
    if (where === null) continue
    it(`agree on SMEM of ${boards[0]} and ${boards.length - 1} more`, () => {
      const range = ({ base, size }: { base: string; size: string }) => ({
        base: Number(base),
        size: Number(size),
      })
      const found = places.map(({ carveOut: { base, size }, auxiliary, hwlock }) => ({
        smem: { base, size },
        auxiliary,
        bank: hwlock!.bank,
        lock: hwlock!.address,
      }))
      const { smem, auxiliary, bank, lock } = where
      const wanted = {
        smem: range(smem),
        auxiliary: auxiliary.map(range),
        bank: range(bank),
        lock: Number(lock),
      }
      assert.ok(found.some((place) => isDeepStrictEqual(place, wanted)))
    })
  }
})

describe('the board of a SoC', () => {
  it('is found with and without qcom, in any case', () => {
    const board = boardOfSoc('qcom,sdm845')
    assert.deepEqual(boardOfSoc('SDM845'), board)
    assert.deepEqual(board, {
      model: null,
      compatible: ['qcom,sdm845'],
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
    })
  })

  it('has the message RAM where the smem node refers to it, and only there', () => {
    assert.deepEqual(boardOfSoc('msm8916').auxiliary, [{ base: 0x60000, size: 0x8000 }])
    assert.deepEqual(boardOfSoc('msm8996').auxiliary, [])
  })

  it('has the lock word that its family puts there', () => {
    assert.equal(hwlockOf('ipq8064').address, 0x01200610)
    assert.equal(hwlockOf('ipq6018').address, 0x01905180)
    assert.equal(hwlockOf('msm8974').address, 0xfd484180)
    assert.equal(hwlockOf('msm8974').family, 'tcsr-0x80')
  })

  it('ends exactly at 4 GiB on x1e80100', () => {
    const { base, size } = boardOfSoc('x1e80100').carveOut
    assert.equal(base + size, 2 ** 32)
  })

  it('is refused with the places to choose from where there are two', () => {
    assert.throws(() => boardOfSoc('msm8226'), {
      code: 'EINVAL',
      origin: 'input',
      hint: 'write msm8226@0x0fa00000 or msm8226@0x03000000',
    })
    assert.equal(boardOfSoc('msm8226@0x3000000').carveOut.base, 0x03000000)
    assert.equal(rowsOfSoc('apq8026').length, 2)
    assert.throws(() => boardOfSoc('msm8226@0x1000'), { code: 'EINVAL', origin: 'input' })
    assert.throws(() => boardOfSoc('sdm845@'), { code: 'EINVAL', origin: 'input' })
  })

  it('is refused where its device trees describe no SMEM', () => {
    assert.throws(() => boardOfSoc('msm8660'), { code: 'EINVAL', message: /describe no SMEM/ })
  })

  it('is refused with the nearest name for one that is not there', () => {
    assert.throws(() => boardOfSoc('sdm8455'), { code: 'EINVAL', hint: 'did you mean sdm845?' })
    assert.throws(() => boardOfSoc('zzzzzzzz'), { hint: 'qcom-smem boards lists them' })
    assert.throws(() => boardOfSoc(''), { code: 'EINVAL' })
  })
})
