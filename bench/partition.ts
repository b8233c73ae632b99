// SPDX-License-Identifier: MIT
// A private partition: C walks it for each lookup as the kernel does, the library remembers its walk.

import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { type Suite, timed } from './contest.js'
import { Peer, RANDOM_IDS, randomIds } from './peer.js'

const MODEM = 1
const SIZE = 0x100000

export function partitionSuite(items: number, rounds: number): Suite {
  const image = buildImage({
    version: 12,
    base: 0x86000000,
    size: 2 * SIZE,
    itemCount: items,
    partitions: [
      { global: true, size: 0x1000 },
      {
        host0: 0,
        host1: MODEM,
        size: SIZE,
        items: Array.from({ length: items }, (_, id) => ({ id, size: 8 + (id % 32) * 8 })),
      },
    ],
  })
  const soc = FakeSoc.fromImage(image)
  const smem = Smem.open({ source: `fake:${soc.path}` })
  const { offset } = image.partitions[1]!
  const c = Peer.c({ soc, mainEnd: 2 * SIZE, partition: offset, ids: items })
  const ids = randomIds(items)
  return {
    contests: [
      {
        name: `get(id, { host }), partition of ${items}`,
        against: 'walk in C',
        count: 2_000_000 / items,
        rounds,
        agree: true,
        ours: timed((count) => lookUp(smem, ids, count)),
        reference: c.runner('private'),
      },
    ],
    close() {
      c.close()
      smem.close()
      soc.close()
    },
  }
}

function lookUp(smem: Smem, ids: Uint16Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    sum += smem.get(ids[i & (RANDOM_IDS - 1)]!, { host: MODEM }).size
  }
  return sum
}
