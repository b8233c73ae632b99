// SPDX-License-Identifier: MIT
// A small writer of SMEM heaps that shares nothing with the library, so that kernel and library are
// judged against bytes of a third party. It also foretells where the kernel's own allocations must land:
// in a table of contents at free_offset, in a partition behind its last uncached item. Source: the
// kernel's drivers/soc/qcom/smem.c.

import { CARVE_OUT, MESSAGE_RAM } from './machine.js'

/** An item as `list --json` has to show it, without the texts. */
export interface Placed {
  readonly id: number
  /** The remote host of a private partition. */
  readonly host: number | null
  readonly heap: 'toc' | 'partition'
  readonly cached: boolean
  /** Base of the region, offset in it, address: all physical. */
  readonly region: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

/** Something that allocates: by us before the kernel starts, by the kernel afterwards. */
export interface Heap {
  /** Bytes left for others, once everything foretold is there. */
  readonly free: number
  /** Places an item and writes it. */
  put(id: number, bytes: Uint8Array): Placed
  /** Where the next item goes. Nothing is written, but the one after it goes behind it. */
  foretell(id: number, size: number): Placed
  /** The same on the cached side, where there is one. */
  foretellCached?(id: number, size: number): Placed
  /** The words that say where its free space is, once everything foretold is there. */
  ends(): Words
}

/** What stands at an offset of the carve-out. */
export interface Words {
  readonly at: number
  readonly words: readonly number[]
}

const HEAP_INFO = 0xc0
const TOC = 0xd0
const TOC_ENTRY = 16

/** The global heap of version 11. */
export class TocHeap implements Heap {
  #free: number

  /** From `start` to `end` of the image, both offsets. */
  constructor(
    readonly image: Buffer,
    start: number,
    readonly end: number,
  ) {
    this.#free = start
    this.#writeInfo()
  }

  get free(): number {
    return this.end - this.#free
  }

  put(id: number, bytes: Uint8Array): Placed {
    const placed = this.foretell(id, bytes.length)
    this.image.set(bytes, placed.offset)
    this.#writeEntry(id, placed.offset, placed.size, 0)
    this.#writeInfo()
    return placed
  }

  /** An item whose bytes lie in message RAM, at an offset chosen by the caller. */
  putAuxiliary(id: number, bytes: Uint8Array, messageRam: Buffer, offset: number): Placed {
    messageRam.set(bytes, offset)
    this.#writeEntry(id, offset, roundUp(bytes.length, 8), MESSAGE_RAM.base)
    return this.#placed(id, MESSAGE_RAM.base, offset, roundUp(bytes.length, 8))
  }

  foretell(id: number, size: number): Placed {
    const placed = this.#placed(id, CARVE_OUT.base, this.#free, roundUp(size, 8))
    this.#free += placed.size
    return placed
  }

  ends(): Words {
    return { at: HEAP_INFO, words: [1, this.#free, this.free, 0] }
  }

  #placed(id: number, region: number, offset: number, size: number): Placed {
    const address = region + offset
    return { id, host: null, heap: 'toc', cached: false, region, offset, address, size }
  }

  #writeEntry(id: number, offset: number, size: number, auxBase: number): void {
    writeWords(this.image, TOC + id * TOC_ENTRY, [1, offset, size, auxBase])
  }

  #writeInfo(): void {
    writeHeapInfo(this.image, this.#free, this.end)
  }
}

/** Marks the header as initialised, with what is free of the global heap. */
export function writeHeapInfo(image: Buffer, free: number, end: number): void {
  writeWords(image, HEAP_INFO, [1, free, end - free, 0])
}

function writeWords(image: Buffer, at: number, words: readonly number[]): void {
  for (const [index, word] of words.entries()) image.writeUInt32LE(word, at + index * 4)
}

const PARTITION_HEADER = 32
const ENTRY = 16

/** A partition: uncached items from the front, cached ones from the back, each above its data. */
export class Partition implements Heap {
  /** Both hosts of the global partition. */
  static readonly GLOBAL = 0xfffe
  #front = PARTITION_HEADER
  #back: number

  constructor(
    readonly image: Buffer,
    readonly offset: number,
    readonly size: number,
    readonly hosts: readonly [number, number],
    readonly cacheline: number,
  ) {
    this.#back = size
    this.#writeHeader()
  }

  get free(): number {
    return this.#back - this.#front
  }

  /** Ends of the two sides, once everything foretold is there. */
  get freeUncached(): number {
    return this.#front
  }

  get freeCached(): number {
    return this.#back
  }

  put(id: number, bytes: Uint8Array): Placed {
    const header = this.#front
    const placed = this.foretell(id, bytes.length)
    this.#writeEntry(header, id, bytes.length, roundUp(bytes.length, 8), 0)
    this.image.set(bytes, placed.offset)
    this.#writeHeader()
    return placed
  }

  putCached(id: number, bytes: Uint8Array): Placed {
    const placed = this.foretellCached(id, bytes.length)
    const size = roundUp(bytes.length, this.cacheline)
    const span = roundUp(ENTRY, this.cacheline)
    this.#writeEntry(this.#back + size, id, bytes.length, size, span - ENTRY)
    this.image.set(bytes, placed.offset)
    this.#writeHeader()
    return placed
  }

  foretellCached(id: number, size: number): Placed {
    this.#back -= roundUp(ENTRY, this.cacheline) + roundUp(size, this.cacheline)
    return this.#placed(id, this.#back, size, true)
  }

  /** Fills the uncached side with empty items of one id, all but the last `spare` bytes. */
  crowd(id: number, spare: number): void {
    const entry = Buffer.alloc(ENTRY)
    entry.writeUInt16LE(0xa5a5)
    entry.writeUInt16LE(id, 2)
    const end = this.#back - roundUp(spare, ENTRY)
    this.image.fill(entry, this.offset + this.#front, this.offset + end)
    this.#front = end
    this.#writeHeader()
  }

  foretell(id: number, size: number): Placed {
    const data = this.#front + ENTRY
    this.#front = data + roundUp(size, 8)
    return this.#placed(id, data, size, false)
  }

  ends(): Words {
    return { at: this.offset + 12, words: [this.#front, this.#back] }
  }

  #placed(id: number, data: number, size: number, cached: boolean): Placed {
    const [first, second] = this.hosts
    const host = first === Partition.GLOBAL ? null : Math.max(first, second) // the other one is apps, 0
    const offset = this.offset + data
    const address = CARVE_OUT.base + offset
    return { id, host, heap: 'partition', cached, region: CARVE_OUT.base, offset, address, size }
  }

  #writeEntry(header: number, id: number, length: number, size: number, gap: number): void {
    const at = this.offset + header
    this.image.writeUInt16LE(0xa5a5, at)
    this.image.writeUInt16LE(id, at + 2)
    this.image.writeUInt32LE(size, at + 4)
    this.image.writeUInt16LE(size - length, at + 8)
    this.image.writeUInt16LE(gap, at + 10)
  }

  #writeHeader(): void {
    this.image.write('$PRT', this.offset, 'latin1')
    this.image.writeUInt16LE(this.hosts[0], this.offset + 4)
    this.image.writeUInt16LE(this.hosts[1], this.offset + 6)
    this.image.writeUInt32LE(this.size, this.offset + 8)
    this.image.writeUInt32LE(this.#front, this.offset + 12)
    this.image.writeUInt32LE(this.#back, this.offset + 16)
  }
}

/** The table of partitions in the last page. `itemCount`: how many ids there are, null for no record. */
export function writeTable(image: Buffer, parts: readonly Partition[], itemCount: number | null) {
  const table = image.length - 4096
  image.write('$TOC', table, 'latin1')
  image.writeUInt32LE(1, table + 4)
  image.writeUInt32LE(parts.length, table + 8)
  parts.forEach(({ offset, size, hosts, cacheline }, index) => {
    const entry = table + 32 + index * 48
    image.writeUInt32LE(offset, entry)
    image.writeUInt32LE(size, entry + 4)
    image.writeUInt16LE(hosts[0], entry + 12)
    image.writeUInt16LE(hosts[1], entry + 14)
    image.writeUInt32LE(cacheline, entry + 16)
  })
  if (itemCount === null) return
  const record = table + 32 + parts.length * 48
  image.write('SIII', record, 'latin1')
  image.writeUInt32LE(image.length, record + 4)
  image.writeUInt32LE(CARVE_OUT.base, record + 8)
  image.writeUInt16LE(itemCount, record + 16)
}

/** The record of an uncached item that was foretold. */
export function entryOf({ id, heap, offset, size }: Placed): Words {
  if (heap === 'toc') return { at: TOC + id * TOC_ENTRY, words: [1, offset, size, 0] }
  const room = roundUp(size, 8)
  return { at: offset - ENTRY, words: [0xa5a5 + id * 0x10000, room, room - size] }
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit
}
