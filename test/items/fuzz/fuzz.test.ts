// SPDX-License-Identifier: MIT
// A short run of what scripts/lane-decoders.sh does a million times.

import assert from 'node:assert/strict'
import { fuzz } from './campaign.js'

const INPUTS = 20_000

describe('hostile items', function () {
  this.timeout(120_000)

  it('give a value or EINVAL, whatever they are', async () => {
    const results = await fuzz(INPUTS, 1)
    assert.deepEqual(
      results.flatMap(({ offences }) => offences),
      [],
    )
  })

  it('are the same from the same seed', async () => {
    assert.deepEqual(await fuzz(1000, 2), await fuzz(1000, 2))
  })
})
