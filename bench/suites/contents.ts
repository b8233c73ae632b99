// SPDX-License-Identifier: MIT
// The global heap of version 11 with all its 512 items, some of them in message RAM: one lookup, and all.

import { tocEntryOffset } from '#lib/layout/header.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { type Outcome, type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { Peer, RANDOM_IDS, randomIds } from '../rivals/peer.js'

const ENTRIES = 512
const FIXED = 4
const MAIN = { base: 0x86300000, size: 0x200000 }
const MESSAGE_RAM = { base: 0x00060000, size: 0x8000 }
/** Of a TOC record. */
const SIZE_WORD = 8

export function contentsSuite({ rounds, slowRounds }: Effort): Suite {
  const image = buildImage({
    version: 11,
    ...MAIN,
    auxiliary: [MESSAGE_RAM],
    fixedItems: true,
    global: Array.from({ length: ENTRIES - FIXED }, (_, i) => ({
      id: FIXED + i,
      size: 8 + (i % 32) * 8,
      ...(i % 8 === 7 ? { region: MESSAGE_RAM.base } : {}),
    })),
  })
  const soc = FakeSoc.fromImage(image)
  const smem = Smem.open({ source: `fake:${soc.path}` })
  const { freeOffset, available } = smem.header.heapInfo
  const terrain = { soc, mainEnd: freeOffset + available, ids: ENTRIES }
  const [c, python] = [Peer.c(terrain), Peer.python(terrain)]
  const [mmapIo, devmem] = [Peer.mmapIo(terrain), Peer.devmem(terrain)]
  const warm = {
    name: 'items(), 512 entries, warm',
    agree: true,
    ours: timed((count) => list(smem, count)),
  }
  return {
    contests: [
      {
        name: 'cached get(id), 512 ids at random',
        against: 'lookup in C',
        goal: goals.cachedGet,
        count: 100_000,
        rounds,
        agree: true,
        ours: timed((count) => lookUp(smem, count)),
        reference: c.runner('get'),
      },
      {
        name: 'first get(id) of each id',
        against: 'lookup in C',
        goal: goals.firstGet,
        count: ENTRIES * 8,
        rounds,
        ours: (count) => firstGets(soc, count),
        reference: c.runner('get'),
      },
      {
        ...warm,
        against: 'walk in C',
        goal: goals.listing,
        count: 200,
        rounds,
        reference: c.runner('list'),
      },
      {
        ...warm,
        against: 'python3, iter_unpack',
        goal: goals.listingPython,
        count: 20,
        rounds,
        reference: python.runner('list'),
      },
      {
        ...warm,
        against: 'mmap-io',
        count: 50,
        rounds,
        reference: mmapIo.runner('list'),
      },
      {
        ...warm,
        against: 'busybox devmem',
        count: 1,
        rounds: slowRounds,
        warmUp: 1,
        reference: devmem.runner('list'),
      },
      {
        name: 'items(), one entry changed before',
        against: 'walk in C',
        count: 50,
        rounds,
        ours: timed((count) => listChanging(soc, smem, count)),
        reference: c.runner('list'),
      },
    ],
    close() {
      for (const peer of [c, python, mmapIo, devmem]) peer.close()
      smem.close()
      soc.close()
    },
  }
}

const ids = randomIds(ENTRIES)

function lookUp(smem: Smem, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += smem.get(ids[i & (RANDOM_IDS - 1)]!).size
  return sum
}

function list(smem: Smem, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    for (const item of smem.items()) sum += item.size!
  }
  return sum
}

/** As `list`, with a heap that never stays the same. */
function listChanging(soc: FakeSoc, smem: Smem, count: number): number {
  const { port } = soc.regions[0]
  let sum = 0
  for (let i = 0; i < count; i++) {
    port.write32(tocEntryOffset(ENTRIES - 1) + SIZE_WORD, 8 + (i & 1) * 8)
    for (const item of smem.items()) sum += item.size!
  }
  return sum
}

/** Every id once, with a newly opened object for each turn; opening is not timed. */
async function firstGets(soc: FakeSoc, count: number): Promise<Outcome> {
  let spent = 0
  let sum = 0
  for (let left = count; left > 0; left -= ENTRIES) {
    const smem = Smem.open({ source: `fake:${soc.path}` })
    const turn = await timed((ids) => lookUpOnce(smem, ids))(Math.min(ENTRIES, left))
    spent += turn.spent
    sum += turn.sum
    smem.close()
  }
  return { spent, sum }
}

function lookUpOnce(smem: Smem, ids: number): number {
  let sum = 0
  for (let id = 0; id < ids; id++) sum += smem.get(id).size
  return sum
}
