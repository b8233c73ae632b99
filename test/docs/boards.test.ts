// SPDX-License-Identifier: MIT
// docs/boards.md shows what doctor says of a board with a distribution's kernel, as it says it, and has every check.

import assert from 'node:assert/strict'
import { doctorText } from '#lib/cli/render/doctor.js'
import { styleFor } from '#lib/cli/render/style.js'
import { doctorReport } from '#lib/inspect/doctor.js'
import { withMachine } from '../inspect/doctor-machine.js'
import { blocks, section, tables } from './pages.js'
import { isShown } from './transcript.js'

const page = 'docs/boards.md'
const heading = 'What can be in the way: `qcom-smem doctor`'
const report = withMachine({ refusals: { mutexWord: 'EPERM' } }, doctorReport)

describe(page, () => {
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
