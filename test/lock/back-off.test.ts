// SPDX-License-Identifier: MIT
// How long is slept before another attempt.

import assert from 'node:assert/strict'
import { backOff } from '#lib/lock/back-off.js'

describe('the back-off', () => {
  it('doubles from 0.05 to 2 ms, drawn from the upper half', () => {
    const drawn = new Set<number>()
    for (let round = 0; round < 200; round++) {
      const delays = backOff()
      for (let i = 0; i < 12; i++) {
        const whole = Math.min(0.05 * 2 ** i, 2)
        const { value } = delays.next()
        assert.ok(value >= whole / 2 && value <= whole, `${value} is drawn from ${whole}`)
        drawn.add(value)
      }
    }
    // Two that met once must not meet for ever.
    assert.ok(drawn.size > 2000)
  })
})
