// SPDX-License-Identifier: MIT
// The object that users hold: one open SMEM, with its items. Nothing here takes a lock or writes; entries
// are published in order and written once, so what was found once is kept.

import { setTimeout as sleep } from 'node:timers/promises'
import { SmemError } from './errors.js'
import type { Allocation } from './heap/allocation.js'
import type { Finding } from './heap/check/finding.js'
import type { HeapVersion, SmemHeader } from './heap/header.js'
import { Heap, type HeapOptions } from './heap/heap.js'
import { checkId } from './heap/item.js'
import { type BrokenItem, Item, type ItemWorld } from './item.js'
import type { Decoder } from './items/decoder.js'
import { Decoders } from './items/decoders.js'
import { Claim } from './lock/claim.js'
import type { HeapLock } from './lock/heap-lock.js'
import { Allocator, existingItem } from './smem/allocator.js'
import { KnownItems } from './smem/known-items.js'
import { findLocked } from './smem/locked-lookup.js'
import type { AllocAsyncOptions, AllocOptions, GetOptions, HostOptions } from './smem/options.js'
import type { WatchEvent } from './smem/watch/event.js'
import { Sampler, type SamplerOptions } from './smem/watch/sampler.js'
import { type WatchOptions, watchEvents } from './smem/watch.js'
import { openSource } from './source/open.js'
import type { Source, SourceOptions } from './source/source.js'

/**
 * How to open SMEM.
 * @see {@link Smem.open}
 */
export interface SmemOptions extends SourceOptions {
  /** By which the hardware mutex is taken, with `writable`. Default 251; see docs/safety.md before another. */
  ownerId?: number | undefined
  /** Milliseconds to wait for the mutex. Default 1000, as in the kernel. */
  lockTimeout?: number | undefined
  /** Whose partitions are seen, by SMEM host id. Default 0, apps; only dumps show another's. */
  localHost?: number | undefined
  /** Decoders of your own, which come before ours; see `defineDecoder`. */
  decoders?: readonly Decoder[] | undefined
}

/**
 * How long to wait, and for which SMEM.
 * @see {@link Smem.whenAvailable}
 */
export interface WaitOptions extends SmemOptions {
  /** Milliseconds; default: as long as it takes. */
  timeout?: number | undefined
  signal?: AbortSignal | undefined
}

/** Between two looks at a heap that is not initialised yet, milliseconds. */
const POLL_INTERVAL = 50

/**
 * An open SMEM: its heaps, and the items in them. Reading takes no lock. `using` closes it.
 * @example
 * ```ts
 * import { Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake' }) // without an argument: this machine's SMEM
 * console.log(smem.version.major, smem.header.heapInfo.initialized, smem.itemCount) // 12 1 512
 * for (const item of smem.items()) {
 *   if (item.error === null) console.log(item.id, item.name, item.size)
 *   else console.log(item.id, item.error.message)
 * }
 * // 137 SMEM_HW_SW_BUILD_ID 144
 * // ...
 * ```
 */
export class Smem {
  readonly source: Source
  readonly #heap: Heap
  readonly #lock: HeapLock | null
  #closed = false
  #allocating: Allocator | null = null
  readonly #world: ItemWorld
  readonly #items: KnownItems

  private constructor(source: Source, heap: Heap, lock: HeapLock | null, decoders: Decoders) {
    this.source = source
    this.#heap = heap
    this.#lock = lock
    this.#world = { decoders, sibling: (id, host) => this.#sibling(id, host) }
    this.#items = new KnownItems(this.#world)
  }

  /**
   * Opens SMEM, by default this machine's, for reading; with `writable` to allocate in it, too.
   * @throws SmemError ENODEV no SMEM here, or not initialised; EACCES, EPERM not allowed; EINVAL, ENOENT
   *   a heap that no driver would accept; EINVAL an option that makes no sense
   * @example
   * ```ts
   * import { Host, Smem } from 'qcom-smem'
   * import { writeFileSync } from 'node:fs'
   * import { buildImage, profiles } from 'qcom-smem/testing'
   *
   * const image = buildImage(profiles.sdm845.describe())
   * writeFileSync('smem.bin', image.bytes)
   * using dump = Smem.open({ source: 'file:smem.bin', localHost: Host.MODEM })
   * console.log(dump.source.name, dump.items().length > 0) // file:smem.bin true
   * ```
   */
  static open(options: SmemOptions = {}): Smem {
    const { writable = false, ownerId, lockTimeout: timeout, trace } = options
    const source = openSource(options)
    try {
      const heap = openHeap(source, options)
      const lock = writable ? source.openLock({ ownerId, timeout, trace }) : null
      return new Smem(source, heap, lock, new Decoders(options.decoders))
    } catch (error) {
      source.close()
      throw error
    }
  }

  /**
   * The same memory afresh, for reading: a heap that was set up anew since its source was opened is seen as it is now.
   * Several may share a source; the first that is closed closes it.
   * @throws SmemError as `open`
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   * import { FakeSoc } from 'qcom-smem/testing'
   *
   * using soc = FakeSoc.create()
   * using smem = Smem.open({ source: `fake:${soc.path}` })
   * using afresh = Smem.over(smem.source)
   * console.log(afresh.items().length === smem.items().length) // true
   * ```
   */
  static over(source: Source, options: Pick<SmemOptions, 'localHost' | 'decoders'> = {}): Smem {
    return new Smem(source, openHeap(source, options), null, new Decoders(options.decoders))
  }

  /**
   * Whether `open` would succeed now. Cheap, and never throws.
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * console.log(Smem.isAvailable({ source: 'fake' })) // true
   * console.log(Smem.isAvailable({ source: 'file:nowhere.bin' })) // false
   * ```
   */
  static isAvailable(options: SmemOptions = {}): boolean {
    try {
      Smem.open(options).close()
      return true
    } catch {
      return false
    }
  }

  /**
   * Resolves once the boot loader has initialised the heap; what waiting cannot mend is thrown at once.
   * @throws SmemError ETIMEDOUT; EINVAL a timeout that is no time; the signal's reason when aborted; else as `open`
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * await Smem.whenAvailable({ source: 'fake', timeout: 5000 })
   * console.log('the boot loader has set it up') // the boot loader has set it up
   * ```
   */
  static async whenAvailable(options: WaitOptions = {}): Promise<void> {
    const { timeout = Number.POSITIVE_INFINITY, signal, ...open } = options
    // Written so that NaN fails too: it would never be over.
    if (!(timeout >= 0)) throw new SmemError('EINVAL', `${timeout} is no time to wait, in ms`)
    const deadline = performance.now() + timeout
    for (;;) {
      signal?.throwIfAborted()
      try {
        Smem.open(open).close()
        return
      } catch (error) {
        if (!isNotInitialized(error)) throw error
        if (performance.now() >= deadline) {
          throw new SmemError('ETIMEDOUT', `SMEM was not initialised within ${timeout} ms`, {
            cause: error,
            hint: 'the boot loader sets SMEM up; has it run?',
          })
        }
      }
      await sleep(Math.min(POLL_INTERVAL, Math.max(0, deadline - performance.now())), undefined, {
        signal,
      }).catch(() => signal?.throwIfAborted())
    }
  }

  /** The master boot loader's version word, which decides the format of the heap. */
  get version(): HeapVersion {
    return this.#open().version
  }

  /** The header's own structures, on both versions: mailboxes, version words, heap info, as when opened. */
  get header(): SmemHeader {
    return this.#open().header
  }

  /** Item ids are below this: 512, or more where version 12 says so. */
  get itemCount(): number {
    return this.#open().itemCount
  }

  /**
   * One item. Takes no lock, and touches no memory for an item that was found before.
   * @param id `ItemId.HW_SW_BUILD_ID`, or any number
   * @throws SmemError ENXIO not allocated in a version-11 heap, ENOENT not in the partition or in a region
   *   that is not known, EINVAL id out of range or entry broken, EBADF after close; with `locked` also
   *   ETIMEDOUT, and EROFS where this was not opened `writable`
   * @example
   * ```ts
   * import { Host, ItemId, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * console.log(smem.get(ItemId.HW_SW_BUILD_ID).size) // 144
   * console.log(smem.get(ItemId.SMP2P_MODEM_BASE, { host: Host.MODEM }).size) // 340
   * ```
   */
  get(id: number, options?: GetOptions): Item {
    const host = options?.host
    if (options?.locked === true) {
      const place = findLocked(this.source.regions, this.#heap.options, this.#locked(), id, host)
      return new Item(place, this.#world)
    }
    return this.#items.get(id, host) ?? this.#items.keep(this.#open().find(id, host), host)
  }

  /**
   * Every item of every heap: global by id, then the private partitions by host. What cannot be read is
   * there too, with its `error`. The same array as before where nothing has changed.
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * console.log(smem.items().filter(({ host }) => host === null).length) // 8
   * ```
   */
  items(): readonly (Item | BrokenItem)[] {
    return this.#items.list(this.#open().items())
  }

  /**
   * Bytes left in the heap that serves `host`, without it in the global one. A snapshot: others allocate.
   * @throws SmemError EINVAL where the heap's records make no sense
   * @example
   * ```ts
   * import { Host, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * console.log(smem.freeSpace(), smem.freeSpace(Host.MODEM)) // 512960 90608
   * ```
   */
  freeSpace(host?: number): number {
    return this.#open().freeSpace(host)
  }

  /**
   * Allocates an item: in the private partition of `host` where it has one, else in the global heap. It can never
   * be freed. Sleeps while others hold the lock; `allocAsync` lets the event loop run.
   * @param size in bytes
   * @throws SmemError EEXIST; ENOMEM, ENOSPC no room in a version-11 heap, in a partition; ETIMEDOUT, with `host`,
   *   who has the lock; EINVAL id, size or heap; EROFS where this was not opened `writable`
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake', writable: true })
   * console.log(smem.alloc(300, 64, { zero: true }).size) // 64
   * const again = smem.alloc(300, 64, { existing: 'ok' })
   * console.log(again.read32(0)) // 0
   * ```
   */
  alloc(id: number, size: number, options: AllocOptions = {}): Item {
    try {
      const { place } = this.#allocator().alloc({ id, size, ...options })
      return new Item(place, this.#world)
    } catch (error) {
      return this.#existing(error, id, size, options)
    }
  }

  /**
   * As `alloc`. Throws the signal's reason when aborted; then nothing was allocated.
   * @example
   * ```ts
   * import { Host, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake', writable: true })
   * const signal = AbortSignal.timeout(1000)
   * const item = await smem.allocAsync(300, 64, { host: Host.MODEM, signal })
   * console.log(item.host, item.size) // 1 64
   * ```
   */
  async allocAsync(id: number, size: number, options: AllocAsyncOptions = {}): Promise<Item> {
    const { signal, ...rest } = options
    try {
      const { place } = await this.#allocator().allocAsync({ id, size, ...rest }, signal)
      return new Item(place, this.#world)
    } catch (error) {
      return this.#existing(error, id, size, options)
    }
  }

  /**
   * What `alloc` would do, to look at; nothing is written. Works on a dump, too.
   * @throws SmemError as `alloc`, but for the lock
   * @example
   * ```ts
   * import { Host, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * const { plan, place, stored } = smem.planAlloc(300, 61, { host: Host.MODEM })
   * console.log(place.size, stored) // 61 64
   * console.log(plan.guards[0]?.label) // end of uncached items
   * for (const step of plan.steps) console.log(step.op, step.label)
   * // store item: canary and id
   * // store item: size with padding
   * // store item: padding of data and header
   * // fence the entry before the free offset
   * // store end of uncached items
   * ```
   */
  planAlloc(id: number, size: number, options: AllocOptions = {}): Allocation {
    const planned = this.#open().planAlloc({ id, size, ...options })
    if (planned.refusal !== null) throw planned.refusal
    return planned
  }

  /**
   * Makes this the one direct client of an item among the programs of this machine that ask; for as long as the
   * process lives, or until `release`. SMEM itself knows nothing of it.
   * @throws SmemError EBUSY where another has it; EROFS for a dump
   * @example
   * ```ts
   * import { Smem, SmemError } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * const claim = smem.claim(421)
   * try {
   *   smem.claim(421)
   * } catch (error) {
   *   console.log((error as SmemError).code) // EBUSY
   * }
   * claim.release()
   * console.log(smem.claim(421).id) // 421
   * ```
   */
  claim(id: number, { host }: HostOptions = {}): Claim {
    const heap = this.#open()
    checkId(id, heap.itemCount, host)
    // By the heap that has it: without a partition of its own, a host has global items.
    const served = heap.servingHost(host)
    const { lockFile, name } = this.source
    if (lockFile === null) {
      throw new SmemError('EROFS', `${name} is a dump: nobody else can claim its items`)
    }
    return new Claim({ id, host: served }, lockFile)
  }

  /**
   * Events as items appear, change and go, beginning with every item that is there. Each sample reads the free
   * offsets and the words of the watched items; a change that lasts for two samples is never lost. A subsystem restart
   * is an event, and so is a heap that cannot be read for a while. Leaving the loop ends it.
   * @throws SmemError EINVAL an id, host or interval that makes no sense; from the loop: the signal's reason when
   *   aborted, EBADF after close
   * @example
   * ```ts
   * import { ItemId, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * for await (const { kind, id, fields } of smem.watch({ items: [ItemId.SMP2P_MODEM_BASE], interval: 100 })) {
   *   console.log(kind, id) // item 435
   *   console.log(fields?.at(-1)) // { path: 'entries[0].valueBits[1]', before: null, after: 2 }
   *   break
   * }
   * ```
   */
  watch(options: WatchOptions = {}): AsyncGenerator<WatchEvent, void> {
    return watchEvents(this.sampler(options), options)
  }

  /**
   * What `watch` takes its samples with, for those who have a rhythm of their own. @throws SmemError as `watch`
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * const sampler = smem.sampler({ items: [421], fields: false })
   * console.log(sampler.sample().length, sampler.sample().length) // 1 0
   * ```
   */
  sampler(options: SamplerOptions = {}): Sampler {
    const { regions, options: view } = this.#open()
    return new Sampler({ regions, view, decoders: this.#world.decoders }, options)
  }

  /**
   * What the named checks find, worst first; empty where the heap is sound.
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   * import { buildImage, FakeSoc, profiles } from 'qcom-smem/testing'
   *
   * const image = buildImage(profiles.sdm845.describe())
   * image.patch32(image.item(137, 0).record, 0) // its canary
   * using soc = FakeSoc.fromImage(image)
   * using smem = Smem.open({ source: `fake:${soc.path}` })
   * for (const { severity, check } of smem.check()) console.log(severity, check) // error partition-canary
   * // ...
   * ```
   */
  check(): Finding[] {
    return this.#open().check()
  }

  /**
   * Unmaps. Nothing in SMEM changes; items that were handed out fail with EBADF. Idempotent.
   * @example
   * ```ts
   * import { Smem, SmemError } from 'qcom-smem'
   *
   * const smem = Smem.open({ source: 'fake' })
   * smem.close()
   * try {
   *   smem.items()
   * } catch (error) {
   *   console.log((error as SmemError).code) // EBADF
   * }
   * ```
   */
  close(): void {
    this.#closed = true
    this.#items.forget()
    this.#lock?.close()
    this.source.close()
  }

  /** As `close`. */
  [Symbol.dispose](): void {
    this.close()
  }

  #open(): Heap {
    if (this.#closed) throw new SmemError('EBADF', 'this Smem was closed')
    return this.#heap
  }

  #allocator(): Allocator {
    const lock = this.#locked()
    this.#allocating ??= new Allocator(this.#heap, lock)
    return this.#allocating
  }

  #locked(): HeapLock {
    this.#open()
    if (this.#lock !== null) return this.#lock
    throw new SmemError('EROFS', 'this SMEM is open for reading only', {
      hint: 'open it with `writable: true`',
    })
  }

  /** The item that is there already, where the caller is content with one of that size. */
  #existing(error: unknown, id: number, size: number, { host, existing }: AllocOptions): Item {
    if (existing !== 'ok') throw error
    return this.#items.at(existingItem(this.#open(), { id, size, host }, error))
  }

  #sibling(id: number, host: number | null): Uint8Array | null {
    try {
      return this.get(id, host === null ? undefined : { host }).read()
    } catch (error) {
      if (error instanceof SmemError && error.code !== 'EBADF') return null
      throw error
    }
  }
}

/** The heap of an open source, in the view of one host. */
export function openHeap(source: Source, options: SmemOptions = {}): Heap {
  return new Heap(source.regions, viewOf(source, options))
}

/** Whose view of a source is wanted, and what it may touch. @throws SmemError EINVAL, EPERM */
export function viewOf(source: Source, options: SmemOptions): HeapOptions {
  const { captured } = source
  const { localHost = captured?.localHost ?? 0 } = options
  if (!(Number.isInteger(localHost) && localHost >= 0 && localHost <= 0xffff)) {
    throw new SmemError('EINVAL', `${localHost} is no host id`, { origin: 'input' })
  }
  if (source.name === 'live' && localHost !== 0) {
    throw new SmemError('EPERM', `the partitions of host ${localHost} are not ours to read here`, {
      hint: 'a dump shows the view of any host',
    })
  }
  if (captured !== null && !captured.foreign && localHost !== captured.localHost) {
    throw new SmemError(
      'EPERM',
      `this snapshot has the partitions of host ${captured.localHost} only, not of ${localHost}`,
      {
        hint: 'it was taken while processors ran; a dump of all memory shows the view of any host',
      },
    )
  }
  return { localHost, foreign: source.foreign }
}

function isNotInitialized(error: unknown): boolean {
  return error instanceof SmemError && error.code === 'ENODEV' && error.origin === 'heap'
}
