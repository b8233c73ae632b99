// SPDX-License-Identifier: MIT
// Allocation with nobody else about, in each kind of heap, against C that does the same on the same memfd; how long
// the mutex is held meanwhile; and a lookup under the lock.

import { Header } from '#lib/layout/header.js'
import { PartitionHeader } from '#lib/layout/partition.js'
import { quantile, readRecord } from '#lib/lock/record.js'
import type { MemoryPort } from '#lib/port/port.js'
import type { AllocOptions } from '#lib/smem/options.js'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage, type SmemImage } from '#lib/testing/image.js'
import { type Contest, type Outcome, type Runner, type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { type Goal, goals } from '../goals.js'
import { Peer } from '../rivals/peer.js'

/** As in peer.c: ids of one fresh heap, the first of them before the clock starts. */
const FIRST_ID = 9
const BATCH = 480
const NEW_SIZE = 40
const LOCKED_GETS = 50
const LOCKED = { id: 500, size: 64 }

const SIZE = 0x200000
const MODEM = 1
/** Enough for one in a thousand to mean something; few such rounds do. */
const HOLDS = BATCH * 20
const HOLD_ROUNDS = 5

export function allocationSuite({ rounds }: Effort): Suite {
  const toc = new Place(tocImage(), 0)
  const partitions = partitionImage()
  const [global, modem] = partitions.partitions.map(({ offset }) => new Place(partitions, offset))
  const places = [toc, global!, modem!]
  const alloc = (name: string, place: Place, peer: string, options: AllocOptions): Contest => ({
    name: `alloc(id, ${NEW_SIZE}${name}`,
    against: peer.startsWith('lean') ? 'C, mutex and stores only' : 'C, all locks',
    ...(peer.startsWith('lean') ? {} : { goal: goals.alloc }),
    count: BATCH,
    rounds,
    agree: true,
    ours: place.allocating(options),
    reference: place.peer.runner(peer),
  })
  const hold = (name: string, q: number, peer: string, goal?: Goal): Contest => ({
    name: `mutex held by a commit, ${name}`,
    against: 'C, all locks',
    ...(goal === undefined ? {} : { goal }),
    count: HOLDS,
    rounds: Math.min(rounds, HOLD_ROUNDS),
    ours: toc.holding(q),
    reference: toc.peer.runner(peer),
  })
  return {
    contests: [
      alloc('), table of contents', toc, 'toc', {}),
      alloc('), table of contents', toc, 'lean-toc', {}),
      alloc('), global partition', global!, 'uncached', {}),
      alloc(', { host })', modem!, 'uncached', { host: MODEM }),
      alloc(', { host, cached })', modem!, 'cached', { host: MODEM, cached: true }),
      hold('median', 0.5, 'median-hold', goals.hold),
      hold('p99.9', 0.999, 'rare-hold'),
      hold('longest', 1, 'longest-hold'),
      {
        name: 'get(id, { locked: true })',
        against: 'C, all locks',
        count: LOCKED_GETS,
        rounds,
        agree: true,
        ours: timed((count) => lookUpLocked(toc.smem, count)),
        reference: toc.peer.runner('locked'),
      },
    ],
    close: () => {
      for (const place of places) place.close()
    },
  }
}

/** A heap to allocate in, which can be made fresh again, and the C program at it. */
class Place {
  readonly smem: Smem
  readonly peer: Peer
  readonly #soc: FakeSoc
  readonly #partition: number
  readonly #header: Uint32Array
  readonly #partitionHeader: Uint32Array

  constructor(image: SmemImage, partition: number) {
    this.#soc = FakeSoc.fromImage(image)
    this.smem = Smem.open({ source: `fake:${this.#soc.path}`, writable: true })
    this.peer = Peer.c({ soc: this.#soc, partition })
    this.#partition = partition
    this.#header = wordsOf(this.#port, 0, Header.size)
    this.#partitionHeader = wordsOf(this.#port, partition, PartitionHeader.size)
  }

  /** Allocates in heaps that are made fresh while the clock stands. */
  allocating(options: AllocOptions): Runner {
    return async (count) => {
      let [spent, sum] = [0, 0]
      for (let left = count; left > 0; left -= BATCH) {
        this.#empty()
        this.smem.alloc(FIRST_ID, NEW_SIZE, options)
        const batch = await timed((ids) => this.#allocate(ids, options))(Math.min(left, BATCH))
        spent += batch.spent
        sum += batch.sum
      }
      return { spent, sum }
    }
  }

  /** The hold time that a share `q` of all holds is below, by the lock's own record: to a quarter of an octave. */
  holding(q: number): Runner {
    const allocating = this.allocating({})
    return async (count): Promise<Outcome> => {
      const before = this.#holds()
      const { sum } = await allocating(count)
      const holds = this.#holds().map((number, bucket) => number - (before[bucket] ?? 0))
      return { spent: quantile(holds, q)! * count, sum }
    }
  }

  close(): void {
    this.peer.close()
    this.smem.close()
    this.#soc.close()
  }

  get #port(): MemoryPort {
    return this.#soc.regions[0].port
  }

  /** What lies behind a free offset is nothing: so headers are all it takes. */
  #empty(): void {
    this.#port.writeWords(0, this.#header)
    this.#port.writeWords(this.#partition, this.#partitionHeader)
  }

  #allocate(count: number, options: AllocOptions): number {
    let sum = 0
    for (let i = 1; i <= count; i++) {
      sum += this.smem.alloc(FIRST_ID + i, NEW_SIZE, options).offset - this.#partition
    }
    return sum
  }

  #holds(): readonly number[] {
    const { fd, lockPlaces } = this.#soc
    return readRecord({ fd, position: lockPlaces.file.position })?.holds ?? []
  }
}

function tocImage(): SmemImage {
  return buildImage({ version: 11, base: 0x86300000, size: SIZE, global: [LOCKED] })
}

function partitionImage(): SmemImage {
  return buildImage({
    version: 12,
    base: 0x86000000,
    size: SIZE,
    partitions: [
      { global: true, size: 0x80000 },
      { host0: 0, host1: MODEM, size: 0x80000 },
    ],
  })
}

function wordsOf(port: MemoryPort, offset: number, size: number): Uint32Array {
  const words = new Uint32Array(size / 4)
  port.readWords(offset, words)
  return words
}

function lookUpLocked(smem: Smem, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += smem.get(LOCKED.id, { locked: true }).size
  return sum
}
