// SPDX-License-Identifier: MIT
// docs/boards.md shows what doctor says of a board with a distribution's kernel, as it says it, and has every check;
// its tables have the places and the families as the survey of device trees and the program have them.

import assert from 'node:assert/strict'
import { doctorText } from '#lib/cli/render/doctor.js'
import { styleFor } from '#lib/cli/render/style.js'
import { lockFamilies } from '#lib/data/lock-families.js'
import { doctorReport } from '#lib/inspect/doctor.js'
import { withMachine } from '../inspect/doctor-machine.js'
import { blocks, read, section, tables } from './pages.js'
import { isShown } from './transcript.js'

const page = 'docs/boards.md'
const heading = 'What can be in the way: `qcom-smem doctor`'
const report = withMachine({ refusals: { mutexWord: 'EPERM' } }, doctorReport)

interface Surveyed {
  where: {
    smem: { base: string; size: string }
    mutex: string
    bank: { base: string }
    lock: string
    auxiliary: { base: string }[]
  } | null
  boards: string[]
}

const familyOf = (mutex: string) =>
  lockFamilies.find(({ compatible }) => (compatible as readonly string[]).includes(mutex))!.name

/** A row of the page without its last two cells, and these two: what is auxiliary in how many trees, and all trees. */
function placesOf(
  survey: Surveyed[],
): Map<string, { auxiliary: Map<string, number>; trees: number }> {
  const places = new Map<string, { auxiliary: Map<string, number>; trees: number }>()
  for (const { where, boards } of survey) {
    if (where === null) continue
    const { smem, mutex, bank, lock, auxiliary } = where
    const kib = Number(smem.size) / 1024
    const size = kib % 1024 === 0 ? `${kib / 1024} MiB` : `${kib} KiB`
    const key = [smem.base, size, `${familyOf(mutex)} ${bank.base}`, lock].join(' | ')
    const place = places.get(key) ?? { auxiliary: new Map(), trees: 0 }
    place.trees += boards.length
    for (const { base } of auxiliary) {
      place.auxiliary.set(base, (place.auxiliary.get(base) ?? 0) + boards.length)
    }
    places.set(key, place)
  }
  return places
}

describe(page, () => {
  it('has every place of SMEM that the survey found, and in how many device trees', () => {
    const survey = JSON.parse(read('test/dtbs/survey.json')) as Surveyed[]
    const expected = [...placesOf(survey)].map(([key, { auxiliary, trees }]) => {
      const others = [...auxiliary].map(([base, n]) => (n === trees ? base : `${base} in ${n}`))
      return `${key} | ${others.join(', ')} | ${trees}`
    })
    const [rows] = tables(section(page, 'What real boards have'))
    const told = rows!
      .filter(([place]) => place!.startsWith('0x'))
      .map((cells) => cells.join(' | '))
    assert.deepEqual(told.toSorted(), expected.toSorted())
  })

  it('has the layout of every family of mutexes', () => {
    const rows = tables(section(page, 'What is read')).find((table) =>
      table[0]![0]!.startsWith('sfpb'),
    )
    const hex = (value: number) => (value < 10 ? String(value) : `0x${value.toString(16)}`)
    assert.deepEqual(
      rows!.map(([name, first, stride]) => [name!.split(' ')[0], first, stride]),
      lockFamilies.map(({ name, offset, stride }) => [
        name,
        offset === 0 ? 'bank' : `bank + ${hex(offset)}`,
        hex(stride),
      ]),
    )
  })

  it('shows the words of doctor', () => {
    const printed = doctorText(report, styleFor(false, {}))
    const shown = blocks(page).find(({ info, text }) => info === 'text' && text.startsWith('ok'))!
    assert.ok(isShown(shown.text, printed), printed)
  })

  it('has a row for each check of doctor', () => {
    const [rows] = tables(section(page, heading))
    assert.deepEqual(
      rows!.map(([name]) => name),
      report.findings.map(({ check }) => check),
    )
  })
})
