// SPDX-License-Identifier: MIT
// Every Qualcomm device tree that Debian ships with its arm64 kernel, against survey.json: what
// survey.py, a reader that shares nothing with ours, found in linux-image-6.12.107+deb13-arm64.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import type { PhysicalRange } from '#lib/board/board.js'
import { discoverBoard } from '#lib/board/discover.js'
import { readDtb } from '#lib/board/fdt.js'
import { type LockFamily, lockFamilies } from '#lib/data/lock-families.js'
import { boardTable } from '#lib/inspect/doctor/board-table.js'
import type { Machine } from '#lib/inspect/doctor/machine.js'

interface Row {
  /** null where the tree has no qcom,smem node. */
  where: {
    smem: { base: string; size: string }
    noMap: boolean
    mutex: string
    bank: { base: string; size: string }
    index: number
    lock: string
    auxiliary: { base: string; size: string }[]
  } | null
  boards: string[]
}

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
const folder = join(cache, 'qcom-smem', 'dtbs')
const shipped = readdirSync(folder).filter((name) => name.endsWith('.dtb'))
const survey = JSON.parse(readFileSync('test/dtbs/survey.json', 'utf8')) as Row[]

const discover = (board: string) => discoverBoard(readDtb(readFileSync(join(folder, board))))
const shown = ({ base, size }: PhysicalRange) => ({
  base: `0x${base.toString(16).padStart(8, '0')}`,
  size: `0x${size.toString(16)}`,
})

describe('the device trees of a distribution', () => {
  it('are at least the 270 of the survey', () => {
    const surveyed = survey.flatMap((row) => row.boards)
    assert.equal(surveyed.length, 270)
    const names = new Set(shipped.map((name) => basename(name, '.dtb')))
    assert.deepEqual(
      surveyed.filter((board) => !names.has(board)),
      [],
    )
  })

  for (const { where, boards } of survey) {
    for (const board of boards) {
      if (where === null) {
        it(`${board} has no SMEM`, () => {
          assert.throws(() => discover(`${board}.dtb`), { code: 'ENODEV' })
        })
        continue
      }
      it(`${board} has SMEM at ${where.smem.base}, its lock at ${where.lock}`, () => {
        const { carveOut, hwlock, auxiliary } = discover(`${board}.dtb`)
        assert.ok(hwlock)
        const families: readonly LockFamily[] = lockFamilies
        const family = families.find(({ name }) => name === hwlock.family)
        assert.ok(family?.compatible.includes(where.mutex))
        assert.deepEqual(
          {
            smem: shown(carveOut),
            noMap: carveOut.noMap,
            mutex: where.mutex,
            bank: shown(hwlock.bank),
            index: hwlock.index,
            lock: shown({ base: hwlock.address, size: 4 }).base,
            auxiliary: auxiliary.map(shown),
          },
          where,
        )
      })
    }
  }

  it('have SMEM where the table of boards has it', () => {
    const boards = survey.filter(({ where }) => where !== null).flatMap((row) => row.boards)
    const verdicts = boards.map((name) => {
      const board = discover(`${name}.dtb`)
      return [name, boardTable({ board } as Machine).status]
    })
    assert.deepEqual(
      verdicts.filter(([, status]) => status !== 'ok'),
      [],
    )
  })

  const known = new Set(survey.flatMap((row) => row.boards.map((board) => `${board}.dtb`)))
  for (const name of shipped.filter((name) => !known.has(name))) {
    it(`${name}, newer than the survey, can be read too`, () => {
      try {
        assert.equal(discover(name).hwlock?.index, 3)
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENODEV')
      }
    })
  }
})
