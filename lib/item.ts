// SPDX-License-Identifier: MIT
// An item as users hold it. Its data stays where it is; every read is a copy, made with aligned words.

import { itemName } from './data/item-names.js'
import { SmemError } from './errors.js'
import type { BrokenPlace, ItemPlace } from './heap/item.js'
import type { Decoded, Decoder, Decoding } from './items/decoder.js'
import type { Decoders } from './items/decoders.js'
import { Dissection, type ItemContext } from './items/dissection.js'
import { readBytes } from './port/copy.js'
import type { MemoryPort } from './port/port.js'

/** What an item asks of the SMEM that it lies in. */
export interface ItemWorld {
  readonly decoders: Pick<Decoders, 'dissect'>
  /** A copy of another item of the heap that serves `host`; null where there is none. */
  sibling(id: number, host: number | null): Uint8Array | null
}

/** Of a place that nobody wants to read, only to name. */
const nowhere: ItemWorld = { decoders: { dissect: () => null }, sibling: () => null }

/**
 * An item of a heap. Its data stays where it is, and every read is a copy.
 * @example
 * ```ts
 * import { ItemId, Smem } from 'qcom-smem'
 *
 * using smem = Smem.open({ source: 'fake' })
 * const item = smem.get(ItemId.HW_SW_BUILD_ID)
 * console.log(item.id, item.name, item.size) // 137 SMEM_HW_SW_BUILD_ID 144
 * console.log(item.address.toString(16), item.heap, item.host) // 8610f030 partition null
 * ```
 */
export class Item {
  readonly id: number
  /** `SMEM_HW_SW_BUILD_ID`; null where no public source names the id. */
  readonly name: string | null
  /** Remote host of the private partition; null for a global item. */
  readonly host: number | null
  readonly heap: 'toc' | 'partition'
  /** Allocated on the cached side of a partition. */
  readonly cached: boolean
  /** Physical address of the region that holds the data. */
  readonly region: number
  /** Of the data, from the start of that region. */
  readonly offset: number
  /** In bytes: as asked for in a partition, rounded up to 8 in a table of contents. */
  readonly size: number
  /** Physical address of the data. */
  readonly address: number
  readonly error = null
  readonly #port: MemoryPort
  readonly #world: ItemWorld

  constructor({ id, host, heap, cached, region, offset, size }: ItemPlace, world = nowhere) {
    this.id = id
    this.name = itemName(id)
    this.host = host
    this.heap = heap
    this.cached = cached
    this.region = region.port.base
    this.offset = offset
    this.size = size
    this.address = region.port.base + offset
    this.#port = region.port
    this.#world = world
  }

  /**
   * A copy of all its bytes, or of `length` from `offset`. @throws SmemError EINVAL outside it, EBADF
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * console.log(smem.get(421).read(0, 16).toString('latin1')) // modem_main.c:310
   * ```
   */
  read(offset = 0, length = this.size - offset): Buffer {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size)) throw this.#outside(offset)
    return readBytes(this.#port, this.offset + offset, length)
  }

  /**
   * The live word at `offset`, which is aligned as the data is. @throws SmemError EINVAL outside it, EBADF
   * @example
   * ```ts
   * import { ItemId, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * console.log(smem.get(ItemId.HW_SW_BUILD_ID).read32(4)) // 321
   * ```
   */
  read32(offset: number): number {
    if (!(offset >= 0 && offset + 4 <= this.size)) throw this.#outside(offset)
    return this.#port.read32(this.offset + offset)
  }

  /**
   * Stores `bytes` from `offset`, by aligned words in ascending order; the bytes that the last word holds beyond them
   * stay. Nobody is told: what the readers of this item wait for, and in which order, is between you and them.
   * @throws SmemError EROFS unless opened `writable`; EINVAL outside it, or at an `offset` that is no multiple of 4
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake', writable: true })
   * const item = smem.alloc(300, 16)
   * item.write(Buffer.from('hello'))
   * console.log(item.read(0, 5).toString()) // hello
   * ```
   */
  write(bytes: Uint8Array, offset = 0): void {
    if (!(offset >= 0 && offset + bytes.length <= this.size)) throw this.#outside(offset)
    const at = this.offset + offset
    const words = new Uint32Array(Math.ceil(bytes.length / 4))
    const last = words.length - 1
    if (bytes.length % 4 !== 0) words[last] = this.#port.read32(at + last * 4)
    new Uint8Array(words.buffer).set(bytes)
    this.#port.writeWords(at, words)
  }

  /**
   * Stores one word. @throws SmemError as `write`
   * @example
   * ```ts
   * import { Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake', writable: true })
   * const item = smem.alloc(300, 16)
   * item.write32(8, 0xc0ffee)
   * console.log(item.read32(8).toString(16)) // c0ffee
   * ```
   */
  write32(offset: number, value: number): void {
    if (!(offset >= 0 && offset + 4 <= this.size)) throw this.#outside(offset)
    this.#port.write32(this.offset + offset, value)
  }

  /**
   * What the bytes mean, where a decoder knows this item; else null. With `decoder` what that one makes of them, whatever
   * the item is: `item.decode(decoders.heapInfo).freeOffset`.
   * @throws SmemError EINVAL where the bytes cannot be that
   * @example
   * ```ts
   * import { decoders, ItemId, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * const item = smem.get(ItemId.HW_SW_BUILD_ID)
   * console.log(item.decode(decoders.socinfo).soc) // SDM845
   * console.log(smem.get(470).decode()) // null
   * ```
   */
  decode(): Decoded
  decode<V extends Decoded>(decoder: Decoder<V>): V
  decode(decoder?: Decoder): Decoded {
    if (decoder !== undefined) return decoder.decode(new Dissection(this.read(), this.#context))
    return this.dissect()?.value ?? null
  }

  /**
   * As `decode`, with the name of the decoder, the bytes that each field came from, and what is newer or odder than
   * the decoder knows. `bytes`: a copy of the item that was read before.
   * @throws SmemError EINVAL where its decoder cannot read them
   * @example
   * ```ts
   * import { Host, ItemId, Smem } from 'qcom-smem'
   *
   * using smem = Smem.open({ source: 'fake' })
   * const found = smem.get(ItemId.SMP2P_MODEM_BASE, { host: Host.MODEM }).dissect()
   * console.log(found?.decoder, found?.notes) // smp2p []
   * console.log(found?.fields.at(-1)) // { path: 'entries[0].value', offset: 36, size: 4 }
   * ```
   */
  dissect(bytes: Uint8Array = this.read()): Decoding | null {
    return this.#world.decoders.dissect(bytes, this.#context)
  }

  get #context(): ItemContext {
    const { id, host } = this
    return { id, host, sibling: (other) => this.#world.sibling(other, host) }
  }

  #outside(offset: number): SmemError {
    return new SmemError(
      'EINVAL',
      `offset ${offset} is outside item ${this.id}, ${this.size} bytes`,
      {
        item: this.id,
        host: this.host ?? undefined,
        address: this.address + offset,
      },
    )
  }
}

/**
 * An item that cannot be read, or, with `id` null, a place where a walk broke off.
 * @example
 * ```ts
 * import { type BrokenItem, Smem } from 'qcom-smem'
 * import { buildImage, FakeSoc, profiles } from 'qcom-smem/testing'
 *
 * const image = buildImage(profiles.sdm845.describe())
 * image.patch32(image.partitions[1]!.offset, 0) // the magic of a partition
 * using soc = FakeSoc.fromImage(image)
 * using smem = Smem.open({ source: `fake:${soc.path}` })
 * const broken = smem.items().find(({ error }) => error !== null)
 * console.log(broken?.id, broken?.error?.code) // null EINVAL
 *
 * for (const method of ['read', 'read32', 'write', 'write32', 'decode', 'dissect'] as const) {
 *   try {
 *     ;(broken as BrokenItem)[method]()
 *   } catch (error) {
 *     console.log(method, error === broken?.error)
 *   }
 * }
 * // read true
 * // ...
 * ```
 */
export class BrokenItem {
  readonly id: number | null
  readonly name: string | null
  readonly host: number | null
  readonly heap: 'toc' | 'partition'
  readonly cached: boolean | null
  readonly region: number | null
  readonly offset: number | null
  /** As stored. */
  readonly size: number | null
  readonly address: number | null
  readonly error: SmemError

  constructor({ id, host, heap, cached, region, offset, size, error }: BrokenPlace) {
    this.id = id
    this.name = id === null ? null : itemName(id)
    this.host = host
    this.heap = heap
    this.cached = cached
    this.region = region?.port.base ?? null
    this.offset = offset
    this.size = size
    this.address = region === null || offset === null ? null : region.port.base + offset
    this.error = error
  }

  /** Throws `error`. */
  read(): never {
    throw this.error
  }

  /** Throws `error`. */
  read32(): never {
    throw this.error
  }

  /** Throws `error`. */
  write(): never {
    throw this.error
  }

  /** Throws `error`. */
  write32(): never {
    throw this.error
  }

  /** Throws `error`. */
  decode(): never {
    throw this.error
  }

  /** Throws `error`. */
  dissect(): never {
    throw this.error
  }
}
