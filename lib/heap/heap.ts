// SPDX-License-Identifier: MIT
// All of SMEM as one processor sees it: the global heap, in a table of contents (version 11) or in a
// partition of its own (version 12), and a private partition for each remote host that has one.
// Opening follows Linux drivers/soc/qcom/smem.c, qcom_smem_probe(), and refuses what it refuses; what is
// broken in part is opened as far as it goes.

import { hexAddress, SmemError } from '../errors.js'
import { PTABLE_PAGE } from '../layout/ptable.js'
import { Plan } from '../port/plan.js'
import { type Allocation, type AllocRequest, checkRequest, type Refusal } from './allocation.js'
import { checkHeap } from './check/checks.js'
import type { Finding } from './check/finding.js'
import { EntryBudget } from './entry-budget.js'
import {
  checkInitialized,
  type HeapVersion,
  heapVersion,
  readHeader,
  type SmemHeader,
} from './header.js'
import { brokenWalk, byId, checkId, type HeapItem, type ItemPlace } from './item.js'
import { Partition } from './partition.js'
import {
  isGlobal,
  itemCount,
  type PartitionTable,
  readPartitionTable,
  remoteHost,
} from './partition-table.js'
import type { Region, Regions } from './region.js'
import { TocHeap } from './toc.js'

/** Host ids are kept in 16 bits. */
const LAST_HOST = 0xffff

export interface HeapOptions {
  /** Whose view: the SMEM host id of the processor that looks. Default 0, apps. */
  localHost?: number | undefined
  /** Whether headers of partitions between two others may be read: in a dump, never on a board. */
  foreign?: boolean | undefined
}

/** What lists items, finds them and makes room for them: a TOC or a partition. */
interface ItemHeap {
  find(id: number): ItemPlace
  items(): readonly HeapItem[]
  freeSpace(): number
  sound(confirm: () => boolean): boolean
  witness(plan: Plan): void
  planAlloc(request: AllocRequest): Allocation
}

export class Heap {
  readonly regions: Regions
  readonly header: SmemHeader
  readonly version: HeapVersion
  /** Item ids are below this. */
  readonly itemCount: number
  /** null where version 11 has none, or one that we do not know. */
  readonly table: PartitionTable | null
  readonly #global: ItemHeap
  /** What stands in a listing for a partition table that could not be used. */
  readonly #unread: readonly HeapItem[]
  /** By remote host; two for one host in the order of the table. */
  readonly #private: readonly Partition[]
  readonly #byHost = new Map<number, Partition>()
  readonly #budget = new EntryBudget()
  readonly options: Required<HeapOptions>
  #listed: { parts: readonly (readonly HeapItem[])[]; items: readonly HeapItem[] } | null = null

  /** @throws SmemError ENODEV not initialised; EINVAL, ENOENT where the kernel's probe gives up too */
  constructor(regions: Regions, { localHost = 0, foreign = false }: HeapOptions = {}) {
    const [main] = regions
    this.regions = regions
    this.options = { localHost, foreign }
    this.header = readHeader(main.port)
    checkInitialized(main.port, this.header)
    this.version = checkVersion(heapVersion(this.header))
    const { table, error } = this.#readTable()
    this.table = table
    this.itemCount = itemCount(this.version.major, table)
    const page = { offset: main.port.size - PTABLE_PAGE, size: PTABLE_PAGE }
    const reserved = table === null && error === null ? [] : [...(table?.entries ?? []), page]
    this.#unread = error === null ? [] : [brokenWalk(null, 'partition', null, error)]
    this.#global =
      this.version.major === 11
        ? new TocHeap(regions, this.header.heapInfo, reserved)
        : globalPartition(main, table!, this.#budget)
    this.#private = (table?.entries ?? [])
      .map((entry) => ({ entry, host: remoteHost(entry, localHost) }))
      .filter(({ entry, host }) => host !== null && !isGlobal(entry))
      .map(({ entry, host }) => new Partition(main, entry, host, this.#budget))
      .sort((a, b) => a.host! - b.host!)
    for (const partition of this.#private) {
      if (!this.#byHost.has(partition.host!)) this.#byHost.set(partition.host!, partition)
    }
  }

  /**
   * The item `id`: in the private partition of `host` where it has one, and only there; else global.
   * @throws SmemError EINVAL, ENXIO, ENOENT as qcom_smem_get()
   */
  find(id: number, host?: number): ItemPlace {
    checkId(id, this.itemCount, host)
    return this.#serving(host).find(id)
  }

  /** Every item: global by id, then the private partitions by host; the same array where nothing changed. */
  items(): readonly HeapItem[] {
    const parts = [this.#global.items(), ...this.#private.map((partition) => partition.items())]
    const before = this.#listed
    if (before !== null && parts.every((part, i) => part === before.parts[i])) return before.items
    const items = [...parts[0]!, ...this.#unread].sort(byId)
    for (const host of this.#byHost.keys()) {
      const own = this.#private.flatMap((partition, i) =>
        partition.host === host ? parts[i + 1]! : [],
      )
      // One by one: there may be more than a call takes arguments.
      for (const item of own.sort(byId)) items.push(item)
    }
    this.#listed = { parts, items }
    return items
  }

  /** Bytes left in the heap that serves `host`. @throws SmemError EINVAL where its records make no sense */
  freeSpace(host?: number): number {
    return this.#serving(host).freeSpace()
  }

  /**
   * What it takes to allocate an item: in the private partition of `host` where it has one, else global.
   * A heap that is not sound refuses, with EINVAL.
   * @throws SmemError EEXIST, ENOMEM, ENOSPC, EINVAL as qcom_smem_alloc()
   */
  planAlloc(request: AllocRequest): Allocation | Refusal {
    checkRequest(request, this.itemCount)
    const serving = this.#serving(request.host)
    if (request.force) return serving.planAlloc(request)
    const plan = new Plan()
    let worst: Finding | undefined
    const confirm = () => {
      serving.witness(plan)
      worst = this.check().find((finding) => this.#concerns(finding, serving))
      return worst === undefined
    }
    if (serving.sound(confirm)) return serving.planAlloc(request)
    refuseAsKernel(serving, request)
    return { plan, refusal: unsound(request, worst!) }
  }

  /** What the named checks find, worst first. */
  check(): Finding[] {
    return checkHeap(this.regions, this.options)
  }

  /** Whether a finding forbids to allocate in that heap. */
  #concerns({ blocks, host }: Finding, serving: ItemHeap): boolean {
    const concerned = host === null ? this.#global : this.#byHost.get(host)
    return blocks && concerned === serving
  }

  /** The partitions of the table as they are now. `header` is null where it must not or cannot be read. */
  partitions(): PartitionState[] {
    const [main] = this.regions
    const ours = new Set(this.#private.map(({ entry }) => entry.index))
    return (this.table?.entries ?? []).map((entry) => {
      if (!(this.options.foreign || isGlobal(entry) || ours.has(entry.index))) {
        return { entry, header: null, error: null, free: null }
      }
      const partition = new Partition(main, entry, null, this.#budget)
      const { header, headerError: error, orderedSpace: free } = partition
      return { entry, header, error, free }
    })
  }

  /** `host` where it has a private partition; null where the global heap serves it. @throws SmemError EINVAL no host id */
  servingHost(host: number | undefined): number | null {
    // `null` is how an item says that it is global, for those who pass that on.
    if (host == null) return null
    checkHost(host)
    return this.#byHost.has(host) ? host : null
  }

  #serving(host: number | undefined): ItemHeap {
    const served = this.servingHost(host)
    return served === null ? this.#global : this.#byHost.get(served)!
  }

  #readTable(): { table: PartitionTable | null; error: SmemError | null } {
    try {
      return { table: readPartitionTable(this.regions[0].port), error: null }
    } catch (error) {
      // Version 11 came before partitions: none is fine there, one of an unknown version is told.
      if (!(error instanceof SmemError) || this.version.major !== 11) throw error
      return { table: null, error: error.code === 'ENOENT' ? null : error }
    }
  }
}

export interface PartitionState {
  readonly entry: PartitionTable['entries'][number]
  readonly header: Partition['header']
  /** Of the header. */
  readonly error: SmemError | null
  /** null where the free offsets make no sense. */
  readonly free: number | null
}

function checkVersion(version: HeapVersion): HeapVersion {
  if (version.major === 11 || version.major === 12) return version
  throw new SmemError(
    'EINVAL',
    `SMEM version ${hexAddress(version.raw)} is not supported: the major version is ${version.major}, 11 and 12 are known`,
    { origin: 'heap' },
  )
}

/** The first global entry of the table wins, as in the kernel. */
function globalPartition(main: Region, table: PartitionTable, budget: EntryBudget): ItemHeap {
  const entry = table.entries.find(isGlobal)
  if (entry !== undefined) return new Partition(main, entry, null, budget)
  const error = new SmemError('EINVAL', 'the partition table names no global partition', {
    hint: '`qcom-smem partitions` shows what it names',
  })
  const refuse = () => {
    throw error
  }
  const listed = [brokenWalk(null, 'partition', null, error)]
  return {
    find: refuse,
    items: () => listed,
    freeSpace: refuse,
    sound: () => true,
    witness: () => {},
    planAlloc: refuse,
  }
}

/**
 * What the kernel refuses comes before what we refuse.
 * @throws SmemError EEXIST, ENOMEM, ENOSPC
 */
function refuseAsKernel(serving: ItemHeap, request: AllocRequest): void {
  try {
    serving.planAlloc(request)
  } catch (error) {
    if (!(error instanceof SmemError && error.code === 'EINVAL')) throw error
  }
}

function checkHost(host: number): void {
  if (Number.isInteger(host) && host >= 0 && host <= LAST_HOST) return
  throw new SmemError('EINVAL', `${host} is no SMEM host id`, {
    hint: `a host id is a number from 0 to ${LAST_HOST}; without one, the global heap serves`,
  })
}

function unsound({ id, host }: AllocRequest, { check, message, address }: Finding): SmemError {
  return new SmemError('EINVAL', `the heap is not sound (${check}): ${message}`, {
    item: id,
    host,
    address: address ?? undefined,
    hint: '`qcom-smem verify` tells all; allocate all the same with `force`, --force',
  })
}
