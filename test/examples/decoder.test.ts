// SPDX-License-Identifier: MIT
// The decoder of the examples: as a plug-in of the command, and as a part of a program.

import assert from 'node:assert/strict'
import { Stage } from './stage.js'

describe('the example of a decoder', () => {
  let stage: Stage
  before(() => {
    stage = new Stage('decoder')
    assert.equal(stage.run('node sample.js').code, 0)
  })
  after(() => stage.close())

  it('has tests that pass', function () {
    this.timeout(60_000)
    const { code, out, err } = stage.run('node --test --test-reporter=tap')
    assert.equal(code, 0, out + err)
    assert.match(out, /^# pass 4$/m)
  })

  it('is taken by the command', () => {
    const qcomSmem = 'npx qcom-smem --source file:sample.bin --decoder calibration.js'
    const shown = stage.run(`${qcomSmem} show 134 --json`)
    assert.equal(shown.code, 0, shown.err)
    const { decoder, value, fields } = JSON.parse(shown.out)
    assert.equal(decoder, 'calibration')
    assert.deepEqual(
      value.inputs.map(({ name, kindName }: Record<string, unknown>) => [name, kindName]),
      [
        ['battery', 'single-ended'],
        ['coil', 'differential'],
      ],
    )
    assert.equal(fields.length, 18)
    assert.match(
      stage.run(`${qcomSmem} show 134 --hex`).out,
      /inputs\[1\]: name = coil, range = 1800/,
    )
  })

  it('is not needed for the item to be shown', () => {
    const shown = stage.run('npx qcom-smem --source file:sample.bin show 134 --json')
    assert.equal(JSON.parse(shown.out).decoder, null)
  })
})
