// SPDX-License-Identifier: MIT
// What every decoder owes for every input: a value that is plain JSON or a SmemError EINVAL; bytes noted that lie in
// the item, under paths that lead to a value; and work and output that do not outgrow the input.

import { SmemError } from '#lib/errors.js'
import type { Decoded, Decoder } from '#lib/items/decoder.js'
import { Dissection, type ItemContext } from '#lib/items/dissection.js'
import type { Field } from '#lib/layout/scalar.js'

/** At most so many noted fields, scalars in a value, letters in its texts, and notes. */
const MOST = { fields: 5000, scalars: 20_000, letters: 100_000, notes: 100 } as const
/** Looks at an item: so many for any, and so many more for each of its bytes. */
const LOOKS = { any: 10_000, each: 4 } as const

export type Outcome = 'decoded' | 'refused'

export interface Verdict {
  readonly outcome: Outcome
  readonly value: Decoded
}

/** An item that counts how often it is looked at. */
class CountedDissection extends Dissection {
  readonly #context: ItemContext
  readonly #count: { looks: number }

  constructor(bytes: Uint8Array, context: ItemContext, count = { looks: 0 }) {
    super(bytes, context)
    this.#context = context
    this.#count = count
  }

  get looks(): number {
    return this.#count.looks
  }

  override read<T>(path: string, field: Field<T>, offset: number): T {
    this.#count.looks++
    return super.read(path, field, offset)
  }

  override peek<T>(field: Field<T>, offset: number): T | null {
    this.#count.looks++
    return super.peek(field, offset)
  }

  override sibling(id: number): Dissection | null {
    const bytes = this.#context.sibling(id)
    return bytes === null
      ? null
      : new CountedDissection(bytes, { ...this.#context, id }, this.#count)
  }
}

/** Decodes, whether the decoder accepts the bytes or not. @throws Error that says what it owes */
export function judge(decoder: Decoder, bytes: Uint8Array, context: ItemContext): Verdict {
  decoder.accepts?.(new Dissection(bytes, context))
  const item = new CountedDissection(bytes, context)
  const before = new Uint8Array(bytes)
  const value = decodeOrNull(decoder, item)
  const looks = LOOKS.any + LOOKS.each * item.size
  demand(item.looks <= looks, `it looked ${item.looks} times at ${item.size} bytes`)
  demand(Buffer.compare(before, bytes) === 0, 'it wrote to the item')
  demandFields(item, value)
  if (value === undefined) return { outcome: 'refused', value: null }
  demandJson(value)
  for (const note of item.notes) demand(note.length > 0 && note.length < 400, `note: ${note}`)
  demand(item.notes.length <= MOST.notes, `${item.notes.length} notes`)
  return { outcome: 'decoded', value }
}

/** Undefined where it was refused. */
function decodeOrNull(decoder: Decoder, item: Dissection): Decoded | undefined {
  try {
    return decoder.decode(item)
  } catch (error) {
    if (error instanceof SmemError && error.code === 'EINVAL' && error.item === item.id) {
      return undefined
    }
    throw error
  }
}

function demandFields({ fields, size }: Dissection, value: Decoded | undefined): void {
  demand(fields.length <= MOST.fields, `${fields.length} fields`)
  for (const { path, offset, size: length } of fields) {
    const inside = Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= size
    demand(inside, `${path} is noted at ${offset}, ${length} bytes, in an item of ${size}`)
    if (value === undefined) continue
    demand(at(value, path) !== undefined, `nothing stands at ${JSON.stringify(path)}`)
  }
}

/** What JSON would lose: undefined, NaN, holes, dates, functions. */
function demandJson(root: Decoded): void {
  let scalars = 0
  let letters = 0
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') letters += value.length
    if (value === null || ['string', 'boolean'].includes(typeof value)) scalars++
    else if (typeof value === 'number') {
      scalars++
      demand(Number.isFinite(value), `${value} at ${path}`)
    } else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) walk(element, `${path}[${index}]`)
    } else {
      const plain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
      demand(plain, `${typeof value} at ${path}`)
      for (const [name, field] of Object.entries(value as object)) walk(field, `${path}.${name}`)
    }
  }
  walk(root, '')
  demand(scalars <= MOST.scalars, `${scalars} scalars`)
  demand(letters <= MOST.letters, `${letters} letters`)
}

const steps = new Map<string, readonly string[]>()

/** What stands at `sides.apps[2]`; undefined where nothing does. */
function at(value: Decoded, path: string): unknown {
  let names = steps.get(path)
  if (names === undefined) {
    names = path.split(/[.[\]]+/).filter((name) => name !== '')
    steps.set(path, names)
  }
  let here: unknown = value
  for (const name of names) here = (here as Record<string, unknown> | null | undefined)?.[name]
  return here
}

function demand(kept: boolean, broken: string): void {
  if (!kept) throw new Error(broken)
}
