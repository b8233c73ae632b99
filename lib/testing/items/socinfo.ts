// SPDX-License-Identifier: MIT
// Item 137, the chip's own description, by the names that its decoder gives the fields.

import {
  fixedSize,
  type KeyValue,
  type PartInstance,
  type PartName,
  type Pmic,
  Socinfo,
  socinfoArrays,
} from '../../items/socinfo-layout.js'
import type { Field } from '../../layout/scalar.js'
import type { Of } from '../../layout/struct.js'
import { bytesOf } from './bytes.js'

/**
 * A chip, by the names of its decoded fields.
 * @see {@link socinfo}
 */
export interface SocinfoDescription extends Partial<Omit<Socinfo, 'format'>> {
  /** Minor of the format, 1 to 23; the major is 0. */
  readonly format: number
  /** From format 0.11. */
  readonly pmics?: readonly Of<typeof Pmic>[]
  /** From format 0.14: a mask of disabled cores for each cluster. */
  readonly disabledCores?: readonly number[]
  /** From format 0.14: a mask of disabled instances for each part type. */
  readonly disabledParts?: readonly number[]
  /** From format 0.16. */
  readonly partNames?: readonly Of<typeof PartName>[]
  /** From format 0.18. */
  readonly keyValues?: readonly Of<typeof KeyValue>[]
  /** From format 0.21: a mask of disabled components for each part type. */
  readonly partialFeatures?: readonly number[]
  /** From format 0.22: how many cores each cluster has. */
  readonly coreCounts?: readonly number[]
  /** From format 0.23. */
  readonly partInstances?: readonly Of<typeof PartInstance>[]
}

/**
 * The bytes of item 137: the fixed part of its format, then its arrays. Fields of newer formats are left out.
 * @example
 * ```ts
 * import { decoders, Smem } from 'qcom-smem'
 * import { FakeSoc, socinfo } from 'qcom-smem/testing'
 *
 * const data = socinfo({ format: 8, id: 206, version: '1.0', buildId: 'TEST-1' })
 * using soc = FakeSoc.create({ version: 11, base: 0x86000000, size: 0x10000, global: [{ id: 137, data }] })
 * using smem = Smem.open({ source: `fake:${soc.path}` })
 * const { soc: name, buildId } = smem.get(137).decode(decoders.socinfo)
 * console.log(name, buildId) // MSM8916 TEST-1
 * ```
 */
export function socinfo(description: SocinfoDescription): Uint8Array {
  const { format } = description
  const fixed = fixedSize(format)
  const counts: Partial<Socinfo> = {}
  const tail: Uint8Array[] = []
  let end = fixed
  for (const [name, { element, count, offset }] of Object.entries(socinfoArrays)) {
    if (Socinfo.offsets[offset] >= fixed) continue
    const values = description[name as keyof typeof socinfoArrays] ?? []
    counts[count] = Math.max(values.length, counts[count] ?? 0)
    counts[offset] = end
    const bytes = elements(element as Field<unknown>, values)
    tail.push(bytes)
    end += bytes.length
  }
  const words = bytesOf(Socinfo, { ...description, ...counts, format: `0.${format}` })
  return Buffer.concat([words.subarray(0, fixed), ...tail])
}

function elements(element: Field<unknown>, values: readonly unknown[]): Uint8Array {
  const bytes = new Uint8Array(values.length * element.size)
  const view = new DataView(bytes.buffer)
  values.forEach((value, index) => {
    element.write(view, index * element.size, value)
  })
  return bytes
}
