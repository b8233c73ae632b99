// SPDX-License-Identifier: MIT
// Bytes and words out of a memfd, by aligned word loads, against the memcpy that SMEM does not allow.

import { copyOut } from '#lib/port/copy.js'
import type { MemoryPort } from '#lib/port/port.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { Peer, RANDOM_IDS, randomIds } from '../rivals/peer.js'

const SIZE = 0x200000
const ITEM = { id: 137, size: 4096 }

export function copiesSuite({ rounds, slowRounds }: Effort): Suite {
  const soc = FakeSoc.fromImage(
    buildImage({ version: 11, base: 0x86300000, size: SIZE, global: [ITEM] }),
  )
  const smem = Smem.open({ source: `fake:${soc.path}` })
  const [{ port }] = smem.source.regions
  const c = Peer.c({ soc, ids: RANDOM_IDS })
  const devmem = Peer.devmem({ soc })
  const bytes = new Uint8Array(SIZE)
  const words = new Uint32Array(SIZE / 4)
  const item = smem.get(ITEM.id)
  return {
    contests: [
      {
        name: 'copyOut of 2 MiB, warm buffer',
        against: 'memcpy in C',
        goal: goals.copy,
        count: 10,
        rounds,
        agree: true,
        ours: timed((count) => copyBytes(port, bytes, count)),
        reference: c.runner('copy'),
      },
      {
        name: 'readWords of 2 MiB, warm buffer',
        against: 'memcpy in C',
        goal: goals.copy,
        count: 10,
        rounds,
        agree: true,
        ours: timed((count) => copyWords(port, words, count)),
        reference: c.runner('copy'),
      },
      {
        name: 'item.read() of 4 KiB',
        against: 'malloc, memcpy in C',
        count: 1000,
        rounds,
        ours: timed((count) => readItem(() => item.read(), count)),
        reference: c.runner('item'),
      },
      {
        name: 'port.read32',
        against: 'busybox devmem',
        count: 30,
        rounds: slowRounds,
        warmUp: 1,
        ours: timed((count) => readWord(port, count)),
        reference: devmem.runner('words'),
      },
      {
        name: 'port.read32',
        against: 'volatile load in C',
        count: 20_000,
        rounds,
        agree: true,
        ours: timed((count) => readWord(port, count)),
        reference: c.runner('word'),
      },
    ],
    close() {
      c.close()
      devmem.close()
      smem.close()
      soc.close()
    },
  }
}

const wordIds = randomIds(RANDOM_IDS)

function copyBytes(port: MemoryPort, into: Uint8Array, count: number): number {
  for (let i = 0; i < count; i++) copyOut(port, 0, into)
  return into[SIZE - 1]!
}

function copyWords(port: MemoryPort, into: Uint32Array, count: number): number {
  for (let i = 0; i < count; i++) port.readWords(0, into)
  return into[SIZE / 4 - 1]!
}

function readItem(read: () => Uint8Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += read()[i & (ITEM.size - 1)]!
  return sum
}

function readWord(port: MemoryPort, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += port.read32(wordIds[i & (RANDOM_IDS - 1)]! * 4)
  return sum
}
