// SPDX-License-Identifier: MIT
// Every item of every fake SoC is one that its decoder reads, without a complaint.

import assert from 'node:assert/strict'
import { builtinDecoders } from '#lib/items/registry.js'
import { Smem } from '#lib/smem.js'
import { profileNames } from '#lib/testing/profiles.js'

describe('the items of the fake', () => {
  const decoded = new Set<string>()

  for (const profile of profileNames) {
    it(`${profile} are decoded`, () => {
      using smem = Smem.open({ source: `fake:${profile}` })
      for (const item of smem.items()) {
        assert.equal(item.error, null)
        const decoding = item.dissect()
        if (decoding === null) continue
        decoded.add(decoding.decoder)
        assert.deepEqual(decoding.notes, [], `${item.name} of host ${item.host}`)
      }
    })
  }

  it('need more than half of the decoders', () => {
    assert.ok(decoded.size > builtinDecoders.length / 2, [...decoded].join(', '))
  })
})
