// SPDX-License-Identifier: MIT
// A region that becomes larger: all of it copied, and opened with its few items listed, which must not depend on it.

import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { Peer } from '../rivals/peer.js'

const KIB = 1024
/** KiB that are copied in a round. */
const COPIED = 16 * KIB
const OPENED = 10
const ITEMS = 20

export function regionsGrowth(size: number, { growthRounds: rounds }: Effort): Suite {
  const image = buildImage({
    version: 11,
    base: 0x86000000,
    size: size * KIB,
    global: Array.from({ length: ITEMS }, (_, i) => ({ id: 100 + i, size: 64 })),
  })
  const soc = FakeSoc.fromImage(image)
  const source = `fake:${soc.path}`
  const smem = Smem.open({ source })
  const [{ port }] = smem.source.regions
  const words = new Uint32Array(port.size / 4)
  const terrain = { soc }
  const [c, python] = [Peer.c(terrain), Peer.python(terrain)]
  const copy = {
    name: 'readWords of all',
    count: Math.ceil(COPIED / size),
    rounds,
    ours: timed((count) => {
      for (let i = 0; i < count; i++) port.readWords(0, words)
      return words.at(-1)!
    }),
  }
  return {
    contests: [
      { ...copy, against: 'memcpy in C', agree: true, reference: c.runner('copy') },
      { ...copy, against: 'python3', reference: python.runner('copy') },
      {
        name: 'open, items(), close',
        against: 'nobody',
        count: OPENED,
        rounds,
        ours: timed((count) => openAndList(source, count)),
        reference: null,
      },
    ],
    close() {
      c.close()
      python.close()
      smem.close()
      soc.close()
    },
  }
}

function openAndList(source: string, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    const smem = Smem.open({ source })
    sum += smem.items().length
    smem.close()
  }
  return sum
}
