// SPDX-License-Identifier: MIT
// A partition: the global one of version 12, or a private one between two hosts. Checked as the kernel does
// when it probes, read without a lock: the free offsets first, a fence, then the entries they publish.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_partition_header(), qcom_smem_get_private().

import { itemName } from '../data/item-names.js'
import { hexAddress, SmemError } from '../errors.js'
import { PARTITION_MAGIC, PartitionHeader } from '../layout/partition.js'
import { Reader } from '../layout/reader.js'
import { notHere } from '../port/holes.js'
import type { Plan } from '../port/plan.js'
import type { Allocation, AllocRequest } from './allocation.js'
import { cachedSide, uncachedSide } from './direction.js'
import type { EntryBudget } from './entry-budget.js'
import { brokenWalk, type HeapItem, type ItemPlace } from './item.js'
import { ItemIndex } from './item-index.js'
import { planPartitionItem } from './partition-allocation.js'
import {
  areOrdered,
  canCache,
  type FreeOffsets,
  type PartitionEntry,
  partitionLabel,
} from './partition-table.js'
import type { Region } from './region.js'
import { Side } from './side.js'

const headerReader = new Reader(PartitionHeader)
const FREE_OFFSETS = PartitionHeader.offsets.freeUncached

export class Partition {
  readonly entry: PartitionEntry
  /** Remote host; null for the global partition and one that is not ours. */
  readonly host: number | null
  /** null where the partition does not lie inside region 0, or a dump does not have all of it. */
  readonly header: PartitionHeader | null
  /** What the kernel would refuse this partition for; nothing in it is walked then. */
  readonly headerError: SmemError | null
  readonly #region: Region
  readonly #uncached: Side
  readonly #cached: Side
  readonly #index: ItemIndex
  readonly #found = new Map<number, ItemPlace>()
  readonly #free = new Uint32Array(2)
  #confirmed = false
  #listed: { uncached: readonly HeapItem[]; cached: readonly HeapItem[]; all: HeapItem[] } | null =
    null

  constructor(region: Region, entry: PartitionEntry, host: number | null, budget: EntryBudget) {
    const { offset, size, cacheline } = entry
    this.entry = entry
    this.host = host
    this.#region = region
    const inside = offset + Math.max(size, PartitionHeader.size) <= region.port.size
    // A walk that ends in a hole would look like a heap that ends there.
    const missing = inside ? notHere(region.port, entry) : null
    this.header = inside && missing === null ? headerReader.read(region.port, offset) : null
    this.headerError = missing ?? this.#checkHeader()
    const side = { region, offset, size, cacheline, host, label: this.label, budget }
    this.#uncached = new Side(side, uncachedSide)
    this.#cached = new Side(side, cachedSide)
    this.#index = new ItemIndex(this.#uncached, this.#cached)
  }

  /** @throws SmemError ENOENT not there, EINVAL broken before it could be found */
  find(id: number): ItemPlace {
    const known = this.#found.get(id)
    if (known !== undefined) return known
    if (this.headerError !== null) throw this.headerError
    const problem = this.#walk()
    const item = this.#search(id, problem)
    if (item === undefined) {
      throw new SmemError(
        'ENOENT',
        `item ${id} (${itemName(id) ?? 'unnamed'}) is not in the ${this.label}`,
        {
          item: id,
          host: this.host ?? undefined,
          hint: '`qcom-smem list` shows the items that are',
        },
      )
    }
    if (item.error !== null) throw item.error
    this.#found.set(id, item)
    return item
  }

  /** Every entry of both sides, uncached first, each in the order of its walk; then what broke off. */
  items(): readonly HeapItem[] {
    if (this.headerError !== null) {
      return [brokenWalk(this.host, 'partition', null, this.headerError)]
    }
    const problem = this.#walk()
    const { items: uncached } = this.#uncached
    const { items: cached } = this.#cached
    if (this.#listed?.uncached !== uncached || this.#listed.cached !== cached) {
      this.#listed = { uncached, cached, all: [...uncached, ...cached] }
    }
    const broken = this.#broken(problem)
    return broken.length === 0 ? this.#listed.all : [...this.#listed.all, ...broken]
  }

  /** Bytes between the two sides. @throws SmemError EINVAL where the free offsets make no sense */
  freeSpace(): number {
    if (this.headerError !== null) throw this.headerError
    const free = this.#readFreeOffsets()
    const space = free.cached - free.uncached
    if (space >= 0 && space <= this.entry.size) return space
    throw this.#freeOffsetError(free)
  }

  /** Like `freeSpace`, null where the offsets are not in order: 0x20 <= uncached <= cached <= size. */
  get orderedSpace(): number | null {
    if (this.header === null) return null
    const { freeUncached: uncached, freeCached: cached } = this.header
    return areOrdered({ uncached, cached }, this.entry) ? cached - uncached : null
  }

  get label(): string {
    return partitionLabel(this.entry)
  }

  /** Whether it is sound now: by `confirm`, all the checks; from then on by what a walk finds new. */
  sound(confirm: () => boolean): boolean {
    if (!(this.#confirmed && this.#walksWell())) this.#confirmed = confirm()
    return this.#confirmed
  }

  /** Adds guards for the words that every allocation moves. */
  witness(plan: Plan): void {
    const { offset } = this.entry
    const at = offset + FREE_OFFSETS
    if (this.header === null || at % 4 !== 0) return
    const { uncached, cached } = this.#readFreeOffsets()
    plan.guard(at, uncached)
    plan.guard(at + 4, cached)
  }

  /** @throws SmemError EEXIST, ENOSPC, EINVAL as qcom_smem_alloc_private() */
  planAlloc(request: AllocRequest): Allocation {
    if (this.headerError !== null) throw this.headerError
    const { free } = this.#walk()
    const { id } = request
    if (this.#index.find(id) !== undefined) {
      throw new SmemError(
        'EEXIST',
        `item ${id} (${itemName(id) ?? 'unnamed'}) is allocated already in the ${this.label}`,
        { item: id, host: this.host ?? undefined },
      )
    }
    const { host, entry, label } = this
    const planned = planPartitionItem({ region: this.#region, entry, host, free, label }, request)
    this.#refuseBehindBreak(request)
    return planned
  }

  /**
   * Behind a break nobody would find the item, and a walk that does not end at the free offset says that this one lies
   * in an item: also a heap that is used by force is not written over.
   */
  #refuseBehindBreak({ id, cached = false }: AllocRequest): void {
    const way = cached ? [this.#uncached, this.#cached] : [this.#uncached]
    const broken = way.find((side) => !side.whole)
    if (broken === undefined) return
    const kind = broken === this.#cached ? 'cached' : 'uncached'
    const reason = broken.incomplete?.message ?? `its ${kind} items do not end at their free offset`
    throw this.#error(`has no place for item ${id}: ${reason}`)
  }

  /** First match wins, uncached before cached, as in the kernel. */
  #search(id: number, problem: Walked): HeapItem | undefined {
    const item = this.#index.find(id)
    if (item?.cached === false) return item
    // An item behind the break would have been found first, or nowhere: the kernel refuses too.
    if (this.#uncached.incomplete !== null) throw this.#uncached.incomplete
    if (item !== undefined) return item
    if (this.#cached.incomplete !== null) throw this.#cached.incomplete
    if (problem.offsets !== null) throw problem.offsets
    if (problem.cacheline !== null) throw problem.cacheline
    return undefined
  }

  #walksWell(): boolean {
    if (this.headerError !== null) return false
    const { offsets, cacheline } = this.#walk()
    const whole = this.#uncached.whole && this.#cached.whole
    return offsets === null && cacheline === null && whole && this.#index.flawless
  }

  #walk(): Walked {
    const free = this.#readFreeOffsets()
    // Lock-free readers must load entries after the free offsets that publish them.
    this.#region.port.fence('load')
    this.#uncached.walk(free.uncached)
    // Without a cache line the kernel looks for the first cached header behind the end, and with one that
    // is longer than the partition it refuses to look.
    const { size } = this.entry
    const cacheable = canCache(this.entry)
    if (cacheable && free.cached <= size) this.#cached.walk(free.cached)
    return {
      free,
      offsets: areOrdered(free, this.entry) ? null : this.#freeOffsetError(free),
      cacheline: !cacheable && free.cached !== size ? this.#cachelineError(free) : null,
    }
  }

  /** One element each for what could not be walked. A free offset that makes no sense explains a broken header. */
  #broken({ offsets, cacheline }: Walked): HeapItem[] {
    const broken: HeapItem[] = []
    const add = (cached: boolean | null, error: SmemError | null) => {
      if (error !== null) broken.push(brokenWalk(this.host, 'partition', cached, error))
    }
    if (offsets !== null) {
      add(cacheline === null ? null : true, cacheline ?? offsets)
    } else {
      add(false, this.#uncached.broken)
      add(true, cacheline ?? this.#cached.broken)
    }
    return broken
  }

  #readFreeOffsets(): FreeOffsets {
    const { port } = this.#region
    const at = this.entry.offset + FREE_OFFSETS
    if (at % 4 === 0) {
      port.readWords(at, this.#free)
      return { uncached: this.#free[0]!, cached: this.#free[1]! }
    }
    const { freeUncached, freeCached } = headerReader.read(port, this.entry.offset)
    return { uncached: freeUncached, cached: freeCached }
  }

  #checkHeader(): SmemError | null {
    const { entry, header } = this
    if (header === null) {
      return this.#error(
        `lies outside region 0: offset ${entry.offset}, ${entry.size} bytes, of ${this.#region.port.size}`,
      )
    }
    if (header.magic !== PARTITION_MAGIC) {
      return this.#error(`has magic ${hexAddress(header.magic)} instead of "$PRT"`)
    }
    if (header.host0 !== entry.host0 || header.host1 !== entry.host1) {
      return this.#error(
        `belongs to hosts ${header.host0} and ${header.host1} by its header, ${entry.host0} and ${entry.host1} by the table`,
      )
    }
    if (header.size !== entry.size) {
      return this.#error(`has size ${header.size} by its header, ${entry.size} by the table`)
    }
    return null
  }

  #freeOffsetError({ uncached, cached }: FreeOffsets): SmemError {
    return this.#error(
      `has free offsets out of order: uncached ${uncached}, cached ${cached}, size ${this.entry.size}`,
    )
  }

  #cachelineError({ cached }: FreeOffsets): SmemError {
    return this.#error(
      `has cached items (free offset ${cached}, size ${this.entry.size}) but cache line ${this.entry.cacheline}`,
    )
  }

  #error(problem: string): SmemError {
    const address = this.#region.port.base + this.entry.offset
    return new SmemError('EINVAL', `the ${this.label} ${problem}, at ${hexAddress(address)}`, {
      address,
      host: this.host ?? undefined,
    })
  }
}

/** What a walk found wrong with the partition as a whole. */
interface Walked {
  readonly free: FreeOffsets
  readonly offsets: SmemError | null
  readonly cacheline: SmemError | null
}
