// SPDX-License-Identifier: MIT
// A private partition for each of more and more remote hosts.

import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import type { Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { listings } from './listings.js'

const ITEMS = 20
const PARTITION = 0x4000

export function partitionsGrowth(partitions: number, effort: Effort): Suite {
  const image = buildImage({
    version: 12,
    base: 0x86000000,
    size: 0x200000,
    partitions: [
      { global: true, size: 0x1000 },
      ...Array.from({ length: partitions }, (_, i) => ({
        host0: 0,
        host1: i + 1,
        size: PARTITION,
        items: Array.from({ length: ITEMS }, (_, id) => ({ id: id + 9, size: 8 + id * 8 })),
      })),
    ],
  })
  const soc = FakeSoc.fromImage(image)
  const smem = Smem.open({ source: `fake:${soc.path}` })
  const listed = listings({ smem, terrain: { soc }, items: partitions * ITEMS }, effort)
  return {
    contests: listed.contests,
    close() {
      listed.close()
      smem.close()
      soc.close()
    },
  }
}
