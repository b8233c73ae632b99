// SPDX-License-Identifier: MIT
// One item as data, and the reason where its bytes are not what its decoder expects.

import assert from 'node:assert/strict'
import { showItem } from '#lib/inspect/show.js'
import { Smem } from '#lib/smem.js'
import { buildImage } from '#lib/testing/image.js'
import { sourceOf } from './page-source.js'

/** Of a heap with these items and no others. */
function reportOf(id: number, data: Uint8Array) {
  const size = data.length
  const global = [{ id, data, size }]
  const image = buildImage({ version: 11, base: 0x86300000, size: 0x10000, global })
  using smem = Smem.over(sourceOf(image))
  return showItem(smem.get(id)).report
}

describe('the report on an item', () => {
  it('says why its decoder refused the bytes', () => {
    const { decoder, value, notes, undecoded, hex } = reportOf(9, Buffer.alloc(64, 0xaa))
    assert.deepEqual([decoder, value, notes], [null, null, []])
    assert.equal(undecoded!.code, 'EINVAL')
    assert.match(undecoded!.message, /^item 9: \w/)
    assert.equal(hex, 'aa'.repeat(64))
  })

  it('has no reason where the item was decoded, nor where no decoder knows it', () => {
    const decoded = reportOf(421, Buffer.from('crashed\0'))
    assert.deepEqual([decoded.decoder, decoded.undecoded], ['crash-reason', null])
    const unknown = reportOf(470, Buffer.alloc(8))
    assert.deepEqual([unknown.decoder, unknown.value, unknown.undecoded], [null, null, null])
  })
})
