// SPDX-License-Identifier: MIT
// What a decoder is: the bytes of one well-known item in, a plain object out. Decoders never write, and read the
// item through its dissection, which lets them see nothing else.

import { SmemError } from '../errors.js'
import type { Field } from '../layout/scalar.js'
import type { Dissection, FieldSpan } from './dissection.js'
import { flawOf } from './plain-value.js'

/**
 * Everything in a decoded value can be written as JSON. What a decoder made by `defineDecoder` returns is held to it.
 * @see {@link Item.decode}
 */
export type Decoded =
  | null
  | boolean
  | number
  | string
  | readonly Decoded[]
  | { readonly [field: string]: Decoded }

/**
 * Reads one kind of item. `defineDecoder` makes one, with everything filled in.
 * @see {@link defineDecoder}
 */
export interface Decoder<V extends Decoded = Decoded> {
  /** Of its own, such as `smd-channel-info`. */
  readonly name: string
  /** Ids of the items that have this layout. */
  readonly items: readonly number[]
  /** What the item tells, in one line. */
  readonly summary: string
  /** Which sizes and versions of the layout are known, in one line. */
  readonly layout: string
  /** Where the layout is described in public. */
  readonly source: string
  /** Whether the bytes look like this layout, for ids that mean one thing here and another there. */
  readonly accepts?: ((item: Dissection) => boolean) | undefined
  /** @throws SmemError EINVAL where the bytes cannot be this item */
  readonly decode: (item: Dissection) => V
}

/**
 * What a decoder made of an item.
 * @see {@link Item.dissect}
 */
export interface Decoding<V extends Decoded = Decoded> {
  /** Name of the decoder. */
  readonly decoder: string
  readonly value: V
  /** Which bytes each value came from, in the order in which they were read. */
  readonly fields: readonly FieldSpan[]
  /** What is newer, longer or odder than the decoder knows; one sentence each. */
  readonly notes: readonly string[]
}

/**
 * What a user says of an item of their own.
 * @see {@link defineDecoder}
 */
export interface DecoderDescription {
  readonly name: string
  readonly items: readonly number[]
  /** The whole layout as a structure; or `decode`. */
  readonly fields?: Field<Decoded>
  /** As in `Decoder`, where the layout is no plain structure. */
  readonly decode?: Decoder['decode']
  /** As in `Decoder`. */
  readonly accepts?: Decoder['accepts']
  readonly summary?: string
  readonly layout?: string
  readonly source?: string
}

/**
 * A decoder for an item of your own: as a structure, or as a function. Where one of its functions throws, or `decode`
 * returns what JSON has no form for (a bigint, a date, a value that holds itself), the item cannot be decoded: EINVAL.
 * @throws SmemError EINVAL for a description that lacks something
 * @example
 * ```ts
 * import { defineDecoder, ItemId, Smem, struct, text, u32 } from 'qcom-smem'
 * import { FakeSoc } from 'qcom-smem/testing'
 *
 * const projectInfo = defineDecoder({
 *   name: 'project-info',
 *   items: [ItemId.ID_VENDOR2],
 *   fields: struct('project info', { project: u32, board: text(12) }),
 * })
 *
 * const data = Buffer.from('\x07\0\0\0devkit', 'latin1')
 * const global = [{ id: ItemId.ID_VENDOR2, data, size: 16 }]
 * using soc = FakeSoc.create({ version: 11, base: 0x86000000, size: 0x10000, global })
 * using smem = Smem.open({ source: `fake:${soc.path}`, decoders: [projectInfo] })
 * console.log(smem.get(ItemId.ID_VENDOR2).decode()) // { project: 7, board: 'devkit' }
 * ```
 */
export function defineDecoder(description: DecoderDescription): Decoder {
  checkDescription(description)
  const { name, items, fields, decode, accepts } = description
  const { summary = name, layout = 'one', source = 'given by the user' } = description
  const read = decode ?? ((item: Dissection) => item.read('', fields!, 0))
  return {
    name,
    items,
    summary,
    layout,
    source,
    accepts: accepts && guarded(name, accepts),
    decode: guarded(name, (item) => checked(name, item, read(item))),
  }
}

/** Whatever a user's function throws means that it cannot read these bytes. */
function guarded<T>(name: string, call: (item: Dissection) => T): (item: Dissection) => T {
  return (item) => {
    try {
      return call(item)
    } catch (error) {
      if (error instanceof SmemError) throw error
      const message = `the decoder ${name} failed: ${String(error)}`
      throw new SmemError('EINVAL', message, { item: item.id, cause: error })
    }
  }
}

/** Not everybody who writes a decoder has a compiler that holds them to the type. */
function checked(name: string, item: Dissection, value: Decoded): Decoded {
  const flaw = flawOf(value)
  if (flaw === null) return value
  throw new SmemError('EINVAL', `the decoder ${name} failed: it returned ${flaw}`, {
    item: item.id,
    hint: 'a value is null, a boolean, a number, a string, or an array or plain object of these',
  })
}

function checkDescription(description: DecoderDescription): void {
  const { name, items, fields, decode } = description ?? {}
  const problems: [boolean, string][] = [
    [typeof name !== 'string' || name === '', 'has no name'],
    [
      !(Array.isArray(items) && items.length > 0 && items.every((id) => Number.isInteger(id))),
      'names no item ids',
    ],
    [(fields === undefined) === (decode === undefined), 'needs either `fields` or `decode`'],
  ]
  const problem = problems.find(([wrong]) => wrong)
  if (problem === undefined) return
  throw new SmemError('EINVAL', `the decoder ${JSON.stringify(name)} ${problem[1]}`, {
    origin: 'input',
    hint: "for example defineDecoder({ name: 'project-info', items: [136], fields: struct(...) })",
  })
}

/** Takes an item apart. @throws SmemError EINVAL where its bytes cannot be this item */
export function dissect<V extends Decoded>(decoder: Decoder<V>, item: Dissection): Decoding<V> {
  const value = decoder.decode(item)
  return { decoder: decoder.name, value, fields: item.fields, notes: item.notes }
}
