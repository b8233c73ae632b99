// SPDX-License-Identifier: MIT
// Structures described once, as data: offsets are computed, never typed, and the type follows the table.

import type { Field } from './scalar.js'

type Fields = Record<string, Field<unknown>>
type Values<F extends Fields> = {
  -readonly [K in keyof F]: ReturnType<F[K]['read']>
}

export interface Struct<F extends Fields> extends Field<Values<F>> {
  /** As in messages: "toc entry". */
  readonly label: string
  readonly fields: F
  /** Byte offset of each field from the start of the structure. */
  readonly offsets: { readonly [K in keyof F]: number }
  /** Writes the fields that are given; the others keep their bytes. */
  assign(view: DataView, offset: number, values: Partial<Values<F>>): void
}

/** Values of a described structure. */
export type Of<S> = S extends Struct<infer F> ? Values<F> : never

/** Lays `fields` out one after the other, without padding, as the firmware's packed structures are. */
export function struct<const F extends Fields>(label: string, fields: F): Struct<F> {
  const offsets = {} as { [K in keyof F]: number }
  let size = 0
  for (const name in fields) {
    offsets[name] = size
    size += fields[name]!.size
  }
  const names = Object.keys(fields) as (keyof F & string)[]
  const assign: Struct<F>['assign'] = (view, at, values) => {
    for (const name of names) {
      if (values[name] !== undefined) fields[name]!.write(view, at + offsets[name], values[name])
    }
  }
  return {
    label,
    fields,
    offsets,
    size,
    read: (view, at) => {
      const values = {} as Record<string, unknown>
      for (const name of names) values[name] = fields[name]!.read(view, at + offsets[name])
      return values as Values<F>
    },
    write: assign,
    assign,
  }
}
