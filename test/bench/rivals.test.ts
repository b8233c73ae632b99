// SPDX-License-Identifier: MIT
// Rivals do the same work: what a Buffer's methods list is what the library lists.

import assert from 'node:assert/strict'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { contents, partitions } from '../../bench/rivals/buffer-listing.js'
import { Peer } from '../../bench/rivals/peer.js'
import { presence, rivalNames } from '../../bench/rivals/rivals.js'
import { nodeCommand } from '../node.js'

const base = 0x86000000
const size = 0x40000
const AUXILIARY = { base: 0x60000, size: 0x2000 }

function listed(image: ReturnType<typeof buildImage>) {
  using soc = FakeSoc.fromImage(image)
  using smem = Smem.open({ source: `fake:${soc.path}` })
  return smem.items().map(({ id, offset, size }) => ({ id, offset, size }))
}

describe('bench rivals', () => {
  it('list a table of contents as the library does, message RAM too', () => {
    const image = buildImage({
      version: 11,
      base,
      size,
      auxiliary: [AUXILIARY],
      global: [
        { id: 9, size: 40 },
        { id: 137, size: 12, region: AUXILIARY.base },
        { id: 511, size: 8 },
      ],
    })
    const ends = { mainEnd: size, auxBase: AUXILIARY.base, auxSize: AUXILIARY.size }
    assert.deepEqual(contents(Buffer.from(image.bytes), ends), listed(image))
  })

  it('list partitions as the library does', () => {
    const items = [
      { id: 9, size: 41 },
      { id: 300, size: 8, gap: 8 },
    ]
    const image = buildImage({
      version: 12,
      base,
      size,
      partitions: [
        { global: true, size: 0x4000, items: [{ id: 137, size: 12 }] },
        { host0: 0, host1: 1, size: 0x4000, items },
      ],
    })
    assert.deepEqual(partitions(Buffer.from(image.bytes), size), listed(image))
  })

  it('are there with a version, or missing with a remedy', () => {
    for (const name of rivalNames) {
      const { what, version, remedy } = presence(name)
      assert.ok(what.length > 0 && remedy.length > 0 && version !== '', name)
    }
  })

  it('tell how long a process lived, what it took, and how large it was', async () => {
    const node = Peer.life([...nodeCommand(), '-e', 'console.log("four")'])
    try {
      const [wall, cpu, peak] = await Promise.all(
        ['wall', 'cpu', 'peak'].map((figure) => node.runner(figure)!(2)),
      )
      for (const { sum } of [wall!, cpu!, peak!]) assert.equal(sum, 2 * 'four\n'.length)
      assert.ok(wall!.spent > 0 && cpu!.spent > 0)
      assert.ok(peak!.spent > 2 * 10e6, `${peak!.spent} bytes in two lives`)
    } finally {
      node.close()
    }
  })
})
