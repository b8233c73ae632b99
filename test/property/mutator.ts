// SPDX-License-Identifier: MIT
// What dead modems, torn dumps and hostile firmware do to an image: every field of the layout takes
// values that matter, structures are copied over each other, words flip, ends are cut off. A mutation
// is a value, so that a failing one can be made smaller and printed.

import fc from 'fast-check'
import type { Image } from './reader.js'
import { type Field, noise, type Written } from './writer.js'

export type Step =
  | { do: 'field'; which: number; value: number; named?: string }
  | { do: 'add'; which: number; amount: number; named?: string }
  | { do: 'word'; at: number; value: number }
  | { do: 'flip'; at: number; bit: number }
  | { do: 'noise'; at: number; length: number; seed: number }
  | { do: 'copy'; from: number; to: number; length: number }
  | { do: 'resize'; which: number; size: number }
  | { do: 'cut'; at: number }
  | { do: 'shrink'; by: number }

const telling = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 8, 11, 12, 15, 16, 17, 0x1c, 0x1f, 0x20, 0x21, 0x30, 0x54, 0x55),
  fc.constantFrom(0xa5a5, 0xffff, 0xfffe, 0xfffd, 0xfffc, 0x7fff, 0x8000),
  fc.constantFrom(0x7fffffff, 0x80000000, 0xffffff00, 0xfffffff0, 0xfffffff8, 0xffffffff),
  fc.constantFrom(0x434f5424, 0x54525024, 0x49494953, 0x0b0000, 0x0c0000, 0x0c0001, 0x0d0000),
  fc.nat(0x8000),
  fc.nat(0xffffffff),
)
const anywhere = fc.nat(0xffffff)
const which = fc.nat(0xffff)

const field = fc.record({ do: fc.constant('field' as const), which, value: telling })
const add = fc.record({
  do: fc.constant('add' as const),
  which,
  amount: fc.constantFrom(-64, -32, -16, -8, -4, -2, -1, 1, 2, 4, 8, 16, 32, 64, 0x1000),
})
const word = fc.record({ do: fc.constant('word' as const), at: anywhere, value: telling })
const flip = fc.record({ do: fc.constant('flip' as const), at: anywhere, bit: fc.nat(7) })
const bytes = fc.record({
  do: fc.constant('noise' as const),
  at: anywhere,
  length: fc.oneof(fc.nat(16), fc.nat(4096)),
  seed: fc.nat(),
})
const copy = fc.record({
  do: fc.constant('copy' as const),
  from: which,
  to: which,
  length: fc.constantFrom(4, 16, 32, 48, 256),
})
const resize = fc.record({
  do: fc.constant('resize' as const),
  which,
  size: fc.oneof(fc.nat(0x40), fc.nat(0x8000), telling),
})
const cut = fc.record({ do: fc.constant('cut' as const), at: anywhere })
const shrink = fc.record({
  do: fc.constant('shrink' as const),
  by: fc.oneof(fc.nat(64), fc.nat(0x5000)),
})

/** The kinds of damage, each by the steps that do it. */
export const damage = {
  fields: fc.array(fc.oneof(field, field, field, add, add, resize), { minLength: 1, maxLength: 4 }),
  noise: fc.array(fc.oneof(word, flip, flip, bytes, copy), { minLength: 1, maxLength: 6 }),
  truncations: fc.tuple(fc.oneof(cut, shrink)).map((steps): Step[] => steps),
  everything: fc.array(
    fc.oneof(field, field, field, add, resize, word, flip, bytes, copy, shrink),
    { minLength: 1, maxLength: 5 },
  ),
} satisfies Record<string, fc.Arbitrary<Step[]>>

/** A spoiled copy; the original stays. */
export function spoil(image: Written, steps: readonly Step[]): Image {
  let bytes: Uint8Array = image.bytes.slice()
  for (const step of steps) bytes = apply(bytes, image.fields, step)
  return { base: image.base, aux: image.aux, localHost: image.localHost, bytes }
}

/** The steps as a person reads them: fields by their names. */
export function described(image: Written, steps: readonly Step[]): Step[] {
  return steps.map((step) =>
    'which' in step ? { ...step, named: pick(image.fields, step.which).name } : step,
  )
}

function apply(bytes: Uint8Array, fields: readonly Field[], step: Step): Uint8Array {
  switch (step.do) {
    case 'field':
      set(bytes, pick(fields, step.which), () => step.value)
      break
    case 'add':
      set(bytes, pick(fields, step.which), (old) => old + step.amount)
      break
    case 'word':
      if (bytes.length >= 4) put(bytes, (step.at % (bytes.length - 3)) & ~3, 4, step.value)
      break
    case 'flip':
      if (bytes.length > 0) bytes[step.at % bytes.length]! ^= 1 << step.bit
      break
    case 'noise': {
      const at = bytes.length > 0 ? step.at % bytes.length : 0
      bytes.set(noise(Math.min(step.length, bytes.length - at), step.seed), at)
      break
    }
    case 'copy': {
      const from = pick(fields, step.from).at
      const to = pick(fields, step.to).at
      bytes.copyWithin(
        to,
        from,
        Math.min(from + step.length, from + Math.max(0, bytes.length - to)),
      )
      break
    }
    case 'resize': {
      // The table and the header of a partition agree on a size that is wrong.
      const entry = nth(fields, 'entry.size', step.which)
      const header = nth(fields, 'partition.size', step.which)
      if (entry && header) for (const f of [entry, header]) set(bytes, f, () => step.size)
      break
    }
    case 'cut':
      return bytes.slice(0, step.at % (bytes.length + 1))
    case 'shrink': {
      // The image ends earlier, with the partition table still in its last page.
      const end = Math.max(4096, bytes.length - step.by)
      if (end >= bytes.length) break
      const table = bytes.slice(-4096)
      bytes = bytes.slice(0, end)
      bytes.set(table, end - 4096)
      break
    }
  }
  return bytes
}

function set(bytes: Uint8Array, { at, width }: Field, change: (old: number) => number): void {
  if (at + width > bytes.length) return
  let old = 0
  for (let i = 0; i < width; i++) old += bytes[at + i]! * 256 ** i
  put(bytes, at, width, change(old))
}

function put(bytes: Uint8Array, at: number, width: number, value: number): void {
  for (let i = 0; i < width; i++) bytes[at + i] = (value >>> (8 * i)) & 0xff
}

function pick(fields: readonly Field[], which: number): Field {
  return fields[which % fields.length]!
}

function nth(fields: readonly Field[], name: string, which: number): Field | undefined {
  const named = fields.filter((f) => f.name === name)
  return named[which % Math.max(1, named.length)]
}
