// SPDX-License-Identifier: MIT
// The global heap of version 11: a table of contents in the header, whose 512 records say where each item
// lies. Records are written once: offset and size first, then `allocated`. So a reader that sees
// `allocated`, and fences, sees the rest. Source: Linux drivers/soc/qcom/smem.c, qcom_smem_get_global().

import { itemName } from '../data/item-names.js'
import { hexAddress, SmemError } from '../errors.js'
import {
  AVAILABLE,
  Header,
  type HeapInfo,
  TOC_ENTRIES,
  TocEntry,
  tocEntryOffset,
} from '../layout/header.js'
import { notHere } from '../port/holes.js'
import type { Plan } from '../port/plan.js'
import { readPublished, type Stretch } from '../port/port.js'
import type { Allocation, AllocRequest } from './allocation.js'
import { brokenWalk, type HeapItem, type ItemPlace } from './item.js'
import { type Region, type Regions, selectRegion } from './region.js'
import { planTocItem, witnessToc } from './toc-allocation.js'
import { TocAudit } from './toc-audit.js'

const WORDS = TocEntry.size / 4
const ALLOCATED = TocEntry.offsets.allocated / 4

export class TocHeap {
  readonly #regions: Regions
  /** Where region 0 ends for items: what the boot loader gave to the heap, within what is mapped. */
  readonly #mainEnd: number
  /** Records that the image holds; fewer than 512 where it was cut. */
  readonly #count: number
  /** What of region 0 is others', whatever the heap info says of its end. */
  readonly #reserved: readonly Stretch[]
  readonly #items: (HeapItem | undefined)[]
  readonly #record = new Uint32Array(WORDS)
  /** The words behind `#listed`, and a scratch to compare them with. */
  #seen: Uint32Array
  #scratch: Uint32Array
  #listed: readonly HeapItem[] = []
  readonly #audit: TocAudit

  constructor(regions: Regions, { freeOffset, available }: HeapInfo, reserved: readonly Stretch[]) {
    const main = regions[0].port
    this.#regions = regions
    this.#reserved = reserved
    this.#mainEnd = Math.min(freeOffset + available, main.size)
    this.#count = Math.min(
      TOC_ENTRIES,
      Math.floor((main.size - Header.offsets.toc) / TocEntry.size),
    )
    this.#items = new Array(this.#count)
    this.#audit = new TocAudit(regions, this.#count)
    this.#seen = new Uint32Array(this.#count * WORDS)
    this.#scratch = new Uint32Array(this.#count * WORDS)
  }

  /** @throws SmemError ENXIO not allocated, ENOENT unknown region, EINVAL outside its region */
  find(id: number): ItemPlace {
    const known = this.#items[id]
    if (known !== undefined && known.error === null) return known
    const item = this.#load(id)
    if (item.error !== null) throw item.error
    this.#items[id] = item
    return item
  }

  /** Every allocated record by id. The same array as before where nothing has changed. */
  items(): readonly HeapItem[] {
    const main = this.#regions[0].port
    main.readWords(Header.offsets.toc, this.#scratch)
    if (this.#listed.length > 0 && sameWords(this.#scratch, this.#seen)) return this.#listed
    const allocated = this.#scratch
    // Lock-free readers must load offset and size after they have seen `allocated`: a second pass.
    main.fence('load')
    const records = this.#seen
    main.readWords(Header.offsets.toc, records)
    const listed: HeapItem[] = []
    for (let id = 0; id < this.#count; id++) {
      const at = id * WORDS
      // Published between the two passes: left for the next listing, whose first pass will see it.
      if (allocated[at + ALLOCATED] === 0) records[at + ALLOCATED] = 0
      if (records[at + ALLOCATED] === 0) {
        this.#items[id] = undefined
        continue
      }
      listed.push(this.#keep(id, records[at + 1]!, records[at + 2]!, records[at + 3]!))
    }
    if (this.#count < TOC_ENTRIES) listed.push(brokenWalk(null, 'toc', false, this.#cutOff()))
    this.#listed = listed
    return listed
  }

  /** Bytes that can still be allocated: one word, a snapshot. @throws SmemError EINVAL where it cannot be */
  freeSpace(): number {
    const main = this.#regions[0].port
    const available = main.read32(AVAILABLE)
    if (available <= main.size) return available
    throw new SmemError(
      'EINVAL',
      `the heap info claims ${available} available bytes in a region of ${main.size}`,
      { address: main.base + AVAILABLE },
    )
  }

  /** Whether it is sound now: by what is new in it, or by `confirm`, all the checks. */
  sound(confirm: () => boolean): boolean {
    return this.#audit.sound(confirm)
  }

  /** Adds guards for the words that every allocation moves. */
  witness(plan: Plan): void {
    witnessToc(this.#regions[0], plan)
  }

  /** @throws SmemError EEXIST, ENOMEM, EINVAL as qcom_smem_alloc_global() */
  planAlloc(request: AllocRequest): Allocation {
    if (request.id >= this.#count) throw this.#cutOff()
    const planned = planTocItem(this.#regions[0], request)
    this.#refuseReserved(planned.place)
    if (request.force) this.#refuseOverlap(planned.place)
    else this.#audit.expect(planned.place)
    return planned
  }

  /** The kernel looks at `available` alone. A partition may be another processor's, and walled off. */
  #refuseReserved({ id, region, offset, size }: ItemPlace): void {
    const taken = this.#reserved.find((part) => overlap(part, { offset, size }))
    if (taken === undefined) return
    throw new SmemError(
      'ENOMEM',
      `item ${id} would reach into a partition or the partition table at ${hexAddress(region.port.base + taken.offset)}`,
      { item: id, address: region.port.base + offset, hint: '`qcom-smem verify` tells all' },
    )
  }

  /** A heap that is not sound may say that space is free which is not. */
  #refuseOverlap({ id, region, offset, size }: ItemPlace): void {
    const other = this.items().find(
      (item) =>
        item.region === region &&
        item.offset !== null &&
        item.size !== null &&
        overlap({ offset: item.offset, size: item.size }, { offset, size }),
    )
    if (other === undefined) return
    throw new SmemError(
      'EINVAL',
      `item ${id} would overlap item ${other.id}: the heap info says that space is free which is not`,
      { item: id, address: region.port.base + offset, hint: '`qcom-smem verify` tells all' },
    )
  }

  #load(id: number): HeapItem {
    if (id >= this.#count) throw this.#cutOff()
    const main = this.#regions[0].port
    const at = tocEntryOffset(id)
    // Lock-free readers must load offset and size after they have seen `allocated`.
    if (!readPublished(main, at, this.#record)) {
      throw new SmemError('ENXIO', `item ${id} (${itemName(id) ?? 'unnamed'}) is not allocated`, {
        item: id,
        address: main.base + at,
        hint: '`qcom-smem list` shows the items that are',
      })
    }
    return this.#place(id, this.#record[1]!, this.#record[2]!, this.#record[3]!)
  }

  /** The same item as before where its record says the same. */
  #keep(id: number, offset: number, size: number, auxBase: number): HeapItem {
    const known = this.#items[id]
    const same = known !== undefined && known.offset === offset && known.size === size
    // An unknown region may be another one by now.
    if (same && known.region !== null && known.region === selectRegion(this.#regions, auxBase)) {
      return known
    }
    const item = this.#place(id, offset, size, auxBase)
    this.#items[id] = item
    return item
  }

  #place(id: number, offset: number, size: number, auxBase: number): HeapItem {
    const region = selectRegion(this.#regions, auxBase)
    const error =
      region === null ? unknownRegion(id, auxBase) : this.#check(id, region, offset, size)
    // The two literals differ for the type checker only.
    return error === null
      ? { id, host: null, heap: 'toc', cached: false, region: region!, offset, size, error }
      : { id, host: null, heap: 'toc', cached: false, region, offset, size, error }
  }

  #check(id: number, region: Region, offset: number, size: number): SmemError | null {
    const end = region.kind === 'main' ? this.#mainEnd : region.port.size
    // A dump may lack what the record describes.
    const missing = notHere(region.port, { offset, size })
    if (missing !== null) return missing
    if (offset + size <= end) return null
    return new SmemError(
      'EINVAL',
      `item ${id} lies outside its region at ${hexAddress(region.port.base)}: offset ${offset} and size ${size} end beyond ${end}`,
      { item: id, address: region.port.base + offset },
    )
  }

  #cutOff(): SmemError {
    const { base, size } = this.#regions[0].port
    return new SmemError(
      'EINVAL',
      `the table of contents is cut off after ${this.#count} of ${TOC_ENTRIES} records: the image has ${size} bytes`,
      {
        address: base + tocEntryOffset(this.#count),
        hint: 'take the dump again, with the whole carve-out',
      },
    )
  }
}

function unknownRegion(id: number, auxBase: number): SmemError {
  return new SmemError(
    'ENOENT',
    `item ${id} lies in a region that is not known: its aux_base is ${hexAddress(auxBase)}`,
    { item: id, hint: 'for a dump, give that region with --aux ADDR=PATH, and --base' },
  )
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size
}

function sameWords(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
