// SPDX-License-Identifier: MIT
// The global heap of an image: items one after the other behind the header, or from the start of an auxiliary
// region, each with its record in the table of contents. As Linux drivers/soc/qcom/smem.c allocates.

import { hexAddress, SmemError } from '../errors.js'
import { Header, HeapInfo, TOC_ENTRIES, TocEntry, tocEntryOffset } from '../layout/header.js'
import { roundUp } from '../layout/partition.js'
import { type Canvas, checkId, contentsOf, isMultiple } from './canvas.js'
import type { TocItemDescription } from './description.js'
import type { PlacedItem } from './image.js'

/** Sizes in the table are multiples of this. */
const ITEM_ALIGN = 8

/** The header's own structures, which are items 0 to 3. */
const fixedItems = [
  { offset: Header.offsets.procComm, size: Header.fields.procComm.size },
  { offset: Header.offsets.heapInfo, size: HeapInfo.size },
  { offset: Header.offsets.toc, size: Header.fields.toc.size },
  { offset: Header.offsets.versions, size: Header.fields.versions.size },
]

/** Draws the table of contents and its items; `heapEnd` is where the heap of region 0 ends. */
export class TocImage {
  readonly items: PlacedItem[] = []
  readonly #regions: readonly Canvas[]
  readonly #heapEnd: number
  /** First free byte of each region. */
  readonly #free: number[]
  readonly #taken = new Set<number>()

  constructor(regions: readonly Canvas[], heapEnd: number) {
    this.#regions = regions
    this.#heapEnd = heapEnd
    this.#free = regions.map((_, index) => (index === 0 ? Header.size : 0))
  }

  /** Enters the header's own structures; they take nothing from the heap. */
  addFixed(): void {
    fixedItems.forEach(({ offset, size }, id) => {
      this.#enter({ id, region: 0, offset, size, auxBase: 0 })
    })
  }

  add(item: TocItemDescription): void {
    const region = this.#regionOf(item)
    const { bytes } = this.#regions[region]!
    const { data, size: requested } = contentsOf(item)
    const size = roundUp(requested, ITEM_ALIGN)
    const offset = this.#free[region]!
    const end = region === 0 ? this.#heapEnd : bytes.length
    if (size > end - offset) {
      throw new SmemError(
        'ENOMEM',
        `item ${item.id} needs ${size} bytes, its region has ${end - offset} left`,
        { item: item.id },
      )
    }
    const auxBase = (item.region ?? 0) + reservedBits(item)
    this.#enter({ id: item.id, region, offset, size, auxBase })
    bytes.set(data, offset)
    this.#free[region] = offset + size
  }

  /** Writes the words that say what is left. */
  finish(): void {
    const freeOffset = this.#free[0]!
    HeapInfo.assign(this.#regions[0]!.view, Header.offsets.heapInfo, {
      initialized: 1,
      freeOffset,
      available: this.#heapEnd - freeOffset,
    })
  }

  #enter(entry: { id: number; region: number; offset: number; size: number; auxBase: number }) {
    const { id, region, offset, size, auxBase } = entry
    checkId(id, TOC_ENTRIES, this.#taken, 'the table of contents')
    this.#taken.add(id)
    const record = tocEntryOffset(id)
    TocEntry.write(this.#regions[0]!.view, record, { allocated: 1, offset, size, auxBase })
    this.items.push({ id, partition: null, cached: false, record, region, offset, size })
  }

  #regionOf({ id, region }: TocItemDescription): number {
    if (region === undefined) return 0
    const index = this.#regions.findIndex((canvas, i) => i > 0 && canvas.base === region)
    if (index < 0) {
      throw new SmemError(
        'ENOENT',
        `item ${id} is in a region at ${hexAddress(region)}, which is not described`,
        { item: id, address: region, hint: 'list the region under `auxiliary`' },
      )
    }
    return index
  }
}

function reservedBits({ id, reservedBits: bits = 0 }: TocItemDescription): number {
  if (isMultiple(bits, 1) && bits <= 3) return bits
  throw new SmemError('EINVAL', `the reserved bits of item ${id} are 0 to 3, not ${bits}`, {
    item: id,
  })
}
