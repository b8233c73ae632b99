// SPDX-License-Identifier: MIT
// Structures described once, as data: offsets are computed, never typed, and the type follows the table.

import type { Field } from './scalar.js'

type Fields = Record<string, Field<unknown>>
/** Reserved bytes are laid out, but are no values. */
type Values<F extends Fields> = {
  -readonly [K in keyof F as ReturnType<F[K]['read']> extends undefined ? never : K]: ReturnType<
    F[K]['read']
  >
}

/**
 * A structure: a field that is made of named fields.
 * @see {@link struct}
 */
export interface Struct<F extends Fields> extends Field<Values<F>> {
  /** As in messages: "toc entry". */
  readonly label: string
  readonly fields: F
  /** Byte offset of each field from the start of the structure. */
  readonly offsets: { readonly [K in keyof F]: number }
  /** Writes the fields that are given; the others keep their bytes. */
  assign(view: DataView, offset: number, values: Partial<Values<F>>): void
}

/**
 * Values of a described structure.
 * @see {@link struct}
 */
export type Of<S> = S extends Struct<infer F> ? Values<F> : never

/**
 * Lays `fields` out one after the other, without padding, as the firmware's packed structures are.
 * @example
 * ```ts
 * import { type Of, struct, text, u32 } from 'qcom-smem'
 *
 * const ProjectInfo = struct('project info', { project: u32, board: text(8) })
 * console.log(ProjectInfo.size, ProjectInfo.offsets.board) // 12 4
 *
 * const info: Of<typeof ProjectInfo> = { project: 7, board: 'devkit' }
 * const view = new DataView(new ArrayBuffer(ProjectInfo.size))
 * ProjectInfo.write(view, 0, info)
 * ProjectInfo.assign(view, 0, { project: 8 }) // the board stays
 * console.log(ProjectInfo.read(view, 0)) // { project: 8, board: 'devkit' }
 * ```
 */
export function struct<const F extends Fields>(label: string, fields: F): Struct<F> {
  const offsets = {} as { [K in keyof F]: number }
  let size = 0
  for (const name in fields) {
    offsets[name] = size
    size += fields[name]!.size
  }
  const parts = Object.entries(fields)
    .filter(([, field]) => field.hidden !== true)
    .map(([name, field]) => ({ name, offset: offsets[name]!, field }))
  const assign = (view: DataView, at: number, values: Record<string, unknown>) => {
    for (const { name, offset, field } of parts) {
      if (values[name] !== undefined) field.write(view, at + offset, values[name])
    }
  }
  return {
    label,
    fields,
    offsets,
    size,
    parts,
    read: (view, at) => {
      const values: Record<string, unknown> = {}
      for (const { name, offset, field } of parts) values[name] = field.read(view, at + offset)
      return values as Values<F>
    },
    write: assign,
    assign,
  }
}
