// SPDX-License-Identifier: MIT
// The words by which allocations are published: heap info, table of contents, partition table, and the header of each
// partition. Where none of them has changed around a copy of the heap, the copy is a heap that there was.

import { SmemError } from '../errors.js'
import { Header } from '../layout/header.js'
import { PartitionHeader } from '../layout/partition.js'
import { PTABLE_PAGE } from '../layout/ptable.js'
import type { MemoryPort, Stretch } from '../port/port.js'
import { readPartitionTable } from './partition-table.js'

export class Publication {
  readonly #main: MemoryPort
  readonly #stretches: readonly Stretch[]
  #words: Buffer

  /** Looks at the words now, leaving out what is in `holes`. */
  constructor(main: MemoryPort, holes: readonly Stretch[]) {
    this.#main = main
    const toc = Header.offsets.heapInfo
    this.#stretches = [
      { offset: toc, size: Header.size - toc },
      { offset: main.size - PTABLE_PAGE, size: PTABLE_PAGE },
      ...partitions(main).map(({ offset }) => ({ offset, size: PartitionHeader.size })),
    ]
      .map(({ offset, size }) => wholeWords(offset, size))
      .filter(({ offset, size }) => offset >= 0 && offset + size <= main.size)
      .filter((stretch) => !holes.some((hole) => overlap(hole, stretch)))
    this.#words = this.#read()
  }

  /** Whether the words are as they were; from now on, as they are now. */
  hasHeld(): boolean {
    // What was copied in between was loaded before these.
    this.#main.fence('load')
    const before = this.#words
    this.#words = this.#read()
    return before.equals(this.#words)
  }

  #read(): Buffer {
    const count = this.#stretches.reduce((sum, { size }) => sum + size / 4, 0)
    const words = new Uint32Array(count)
    let at = 0
    for (const { offset, size } of this.#stretches) {
      this.#main.readWords(offset, words.subarray(at, at + size / 4))
      at += size / 4
    }
    // And what is copied next, after these.
    this.#main.fence('load')
    return Buffer.from(words.buffer)
  }
}

function partitions(main: MemoryPort): readonly Stretch[] {
  try {
    return readPartitionTable(main).entries
  } catch (error) {
    if (error instanceof SmemError) return []
    throw error
  }
}

/** The words that a stretch lies in: broken tables leave it unaligned. */
function wholeWords(offset: number, size: number): Stretch {
  const start = Math.floor(offset / 4) * 4
  return { offset: start, size: Math.ceil((offset + size - start) / 4) * 4 }
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size
}
