// SPDX-License-Identifier: MIT
// The pages of a memory that hold a partition table. Every candidate for SMEM looks for its table in the 16 MiB behind
// it, and candidates may be as close as pages: each page is looked at once for all of them.

import { SmemError } from '../errors.js'
import { type PartitionTable, readPartitionTable } from '../heap/partition-table.js'
import { PTABLE_MAGIC, PTABLE_PAGE } from '../layout/ptable.js'
import { BytesPort } from '../port/bytes.js'
import type { PhysicalMemory } from './memory.js'

export interface TablePage {
  readonly address: number
  /** Bytes of the region that it ends, as its record says; null where it has none. */
  readonly recorded: number | null
}

/** Bytes that are looked through together. */
const CHUNK = 1024 * 1024

export class TablePages {
  readonly memory: PhysicalMemory
  readonly #grid: number
  readonly #known = new Map<number, readonly TablePage[]>()

  /** @param address of a page; the others are whole pages away from it */
  constructor(memory: PhysicalMemory, address: number) {
    this.memory = memory
    this.#grid = address % PTABLE_PAGE
  }

  /** Those whose addresses are from `first` to `last`, ascending. */
  *between(first: number, last: number): Generator<TablePage> {
    for (let chunk = Math.floor(first / CHUNK); chunk * CHUNK <= last; chunk++) {
      for (const page of this.#in(chunk)) {
        if (page.address >= first && page.address <= last) yield page
      }
    }
  }

  #in(chunk: number): readonly TablePage[] {
    const known = this.#known.get(chunk)
    if (known !== undefined) return known
    const pages: TablePage[] = []
    for (let at = 0; at < CHUNK; at += PTABLE_PAGE) {
      const address = chunk * CHUNK + at + this.#grid
      if (wordAt(this.memory, address) !== PTABLE_MAGIC) continue
      const table = tableAt(this.memory, address)
      if (table !== null) pages.push({ address, recorded: table.info?.size ?? null })
    }
    this.#known.set(chunk, pages)
    return pages
  }
}

/** null where some of the memory is not there, and for a table of an unknown version. */
export function tableAt(memory: PhysicalMemory, address: number): PartitionTable | null {
  if (!memory.covers(address, PTABLE_PAGE)) return null
  const bytes = new Uint8Array(PTABLE_PAGE)
  memory.read(address, bytes)
  try {
    return readPartitionTable(new BytesPort(bytes, { base: address }))
  } catch (error) {
    if (error instanceof SmemError) return null
    throw error
  }
}

/** null where it is not there. */
export function wordAt(memory: PhysicalMemory, address: number): number | null {
  if (!memory.covers(address, 4)) return null
  const word = new Uint32Array(1)
  memory.read(address, new Uint8Array(word.buffer))
  return word[0]!
}
