// SPDX-License-Identifier: MIT
// An item being taken apart. Whatever a decoder reads goes through here: bounds are checked once, and which bytes
// each value came from is written down, so that a hexdump and a comparison can name them.

import { SmemError } from '../errors.js'
import type { Field } from '../layout/scalar.js'

/**
 * Where one value of a decoded object lies in the item.
 * @see {@link Item.dissect}
 */
export interface FieldSpan {
  /** In the decoded object: `format`, `pmics[2].model`. */
  readonly path: string
  /** From the start of the item, bytes. */
  readonly offset: number
  readonly size: number
}

/** What a decoder may know of an item beyond its bytes. */
export interface ItemContext {
  readonly id: number
  /** Remote host of the private partition; null for a global item. */
  readonly host: number | null
  /** Bytes of another item of the same heap; null where there is none that can be read. */
  sibling(id: number): Uint8Array | null
}

/**
 * An item being taken apart, as a decoder gets it: bounds are checked, and what was read is noted.
 * @example
 * ```ts
 * import { array, defineDecoder, text, u8, u32 } from 'qcom-smem'
 * import { buildImage, FakeSoc } from 'qcom-smem/testing'
 * import { Smem } from 'qcom-smem'
 *
 * const list = defineDecoder({
 *   name: 'list',
 *   items: [300],
 *   accepts: (item) => item.peek(text(4), 0) === 'LIST',
 *   decode(item) {
 *     const count = item.read('count', u32, 4)
 *     if (count === 0) throw item.refuse('an empty list')
 *     if (!item.has(8, count)) item.note(`${count} are counted, and there is room for ${item.size - 8}`)
 *     const owner = item.sibling(301)?.peek(u32, 0) ?? null
 *     if (item.fields.length !== 1) throw item.refuse("somebody has read it before")
    return { count, owner, values: item.read('values', array(u8, Math.min(count, item.size - 8)), 8) }
 *   },
 * })
 *
 * const data = Buffer.from('LIST\x05\0\0\0\x07\x08\x09', 'latin1')
 * const global = [{ id: 300, data }, { id: 301, data: Uint8Array.of(1, 0, 0, 0) }]
 * using soc = FakeSoc.fromImage(buildImage({ version: 11, base: 0x86000000, size: 0x10000, global }))
 * using smem = Smem.open({ source: `fake:${soc.path}`, decoders: [list] })
 * const { value, notes } = smem.get(300).dissect()!
 * console.log(value) // { count: 5, owner: 1, values: [ 7, 8, 9, 0, 0 ] }
 * console.log(notes) // []
 * ```
 */
export class Dissection {
  readonly id: number
  readonly host: number | null
  /** Of the item, bytes: in a version-11 heap rounded up to 8. */
  readonly size: number
  readonly bytes: Uint8Array
  readonly #fields: FieldSpan[] = []
  readonly #notes: string[] = []
  readonly #view: DataView
  readonly #context: ItemContext

  constructor(bytes: Uint8Array, context: ItemContext) {
    this.id = context.id
    this.host = context.host
    this.size = bytes.length
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#context = context
  }

  /** Which bytes each value came from, in the order in which they were read. */
  get fields(): readonly FieldSpan[] {
    return this.#fields
  }

  /** What was odd; one sentence each. */
  get notes(): readonly string[] {
    return this.#notes
  }

  /** Whether `size` bytes at `offset` lie inside the item. */
  has(offset: number, size: number): boolean {
    return offset >= 0 && offset + size <= this.size
  }

  /**
   * The value of `field` at `offset`, noted under `path`; an empty path puts the parts of a structure at the top.
   * @throws SmemError EINVAL beyond the item
   */
  read<T>(path: string, field: Field<T>, offset: number): T {
    if (!this.has(offset, field.size)) {
      const what = path === '' ? 'the layout' : path
      throw this.refuse(
        `${what} takes ${field.size} bytes at ${offset}, and the item has ${this.size}`,
      )
    }
    this.#note(path, field, offset)
    return field.read(this.#view, offset)
  }

  /** As `read`, without a place in the decoded object: magics, counts that the length of an array tells. */
  peek<T>(field: Field<T>, offset: number): T | null {
    return this.has(offset, field.size) ? field.read(this.#view, offset) : null
  }

  /** Another item of the same heap, to look into; null where there is none that can be read. */
  sibling(id: number): Dissection | null {
    const bytes = this.#context.sibling(id)
    return bytes === null
      ? null
      : new Dissection(bytes, {
          id,
          host: this.host,
          sibling: (other) => this.#context.sibling(other),
        })
  }

  /** Says what is newer, longer or odder than the decoder knows. */
  note(sentence: string): void {
    this.#notes.push(sentence)
  }

  /** The error of a decoder that cannot read these bytes; to be thrown. */
  refuse(problem: string): SmemError {
    return new SmemError('EINVAL', `item ${this.id}: ${problem}`, {
      item: this.id,
      host: this.host ?? undefined,
    })
  }

  #note(path: string, field: Field<unknown>, offset: number): void {
    if (field.hidden === true) return
    if (field.parts === undefined) {
      this.#fields.push({ path, offset, size: field.size })
      return
    }
    for (const part of field.parts) {
      this.#note(joinPath(path, part.name), part.field, offset + part.offset)
    }
  }
}

/** `a` and `b` are `a.b`, `a` and `[0]` are `a[0]`. */
function joinPath(path: string, name: string): string {
  return path === '' || name.startsWith('[') ? path + name : `${path}.${name}`
}
