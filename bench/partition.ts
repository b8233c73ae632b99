// SPDX-License-Identifier: MIT
// A fake SoC with one private partition of any number of items, and those who look things up in it.

import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { type Runner, timed } from './contest.js'
import { Peer, RANDOM_IDS, randomIds, type Terrain } from './rivals/peer.js'

const MODEM = 1
const SIZE = 0x100000

export class Partition {
  readonly soc: FakeSoc
  readonly smem: Smem
  readonly terrain: Terrain
  readonly c: Peer
  readonly items: number

  constructor(items: number) {
    const image = buildImage({
      version: 12,
      base: 0x86000000,
      size: 2 * SIZE,
      itemCount: Math.max(512, items),
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
    this.items = items
    this.soc = FakeSoc.fromImage(image)
    this.smem = Smem.open({ source: `fake:${this.soc.path}` })
    this.terrain = { soc: this.soc, partition: image.partitions[1]!.offset, ids: items }
    this.c = Peer.c(this.terrain)
  }

  close(): void {
    this.c.close()
    this.smem.close()
    this.soc.close()
  }
}

/** Gets items at random, the same that C gets. */
export function lookingUp({ smem, items }: Partition): Runner {
  const ids = randomIds(items)
  return timed((count) => {
    let sum = 0
    for (let i = 0; i < count; i++) {
      sum += smem.get(ids[i & (RANDOM_IDS - 1)]!, { host: MODEM }).size
    }
    return sum
  })
}
