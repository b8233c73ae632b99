// SPDX-License-Identifier: MIT
// The arrays of item 137: power chips, what is fused off in each cluster and part, names of parts, key-value pairs.
// Their counts and offsets come out of memory: what does not fit into the item is left out, and said.

import { partName } from '../data/parts.js'
import { pmicName } from '../data/pmics.js'
import type { Field } from '../layout/scalar.js'
import { bitNames, setBits } from './bits.js'
import type { Decoded } from './decoder.js'
import type { Dissection } from './dissection.js'
import { fixedSize, type Socinfo, socinfoArrays } from './socinfo-layout.js'

/** More elements than any chip has; the value stays readable where the count is garbage. */
const MOST = 256

type Arrays = typeof socinfoArrays
type Element<K extends keyof Arrays> = Arrays[K]['element'] extends Field<infer T> ? T : never

/** The arrays that the fixed part, `fixed`, points to. */
export function readArrays(item: Dissection, fixed: Partial<Socinfo>): Record<string, Decoded> {
  const read = <K extends keyof Arrays>(name: K, path: (index: number) => string) =>
    elements(item, fixed, name, path)
  const value: Record<string, Decoded> = {}

  const pmics = read('pmics', (i) => `pmics[${i}]`)
  if (pmics !== null) {
    value.pmics = pmics.map(({ model, dieRevision }) => {
      return { model, modelName: pmicName(model), dieRevision }
    })
  }

  const cores = read('disabledCores', (i) => `clusters[${i}].disabledCores`)
  const counts = read('coreCounts', (i) => `clusters[${i}].cores`) ?? []
  if (cores !== null) {
    value.clusters = rows(cores, counts, (index, disabledCores, count) => ({
      cluster: index,
      ...(count === undefined ? {} : { cores: count }),
      ...(disabledCores === undefined
        ? {}
        : {
            disabledCores,
            disabledCoresBits: setBits(disabledCores).map((bit) => `core${bit}`),
          }),
    }))
  }

  const parts = read('disabledParts', (i) => `subsetParts[${i}].disabled`)
  const partial = read('partialFeatures', (i) => `subsetParts[${i}].partialFeatures`) ?? []
  if (parts !== null) {
    value.subsetParts = rows(parts, partial, (part, disabled, features) => ({
      part,
      partName: partName(part),
      ...(disabled === undefined ? {} : mask('disabled', disabled)),
      ...(features === undefined ? {} : mask('partialFeatures', features)),
    }))
  }

  const names = read('partNames', (i) => `partNames[${i}]`)
  if (names !== null) {
    value.partNames = names.map(({ part, ...rest }) => ({
      part,
      partName: partName(part),
      ...rest,
    }))
  }

  const pairs = read('keyValues', (i) => `keyValues[${i}]`)
  if (pairs !== null) value.keyValues = pairs

  const instances = read('partInstances', (i) => `partInstances[${i}]`)
  if (instances !== null) {
    value.partInstances = instances.map(({ part, instance, disabled, disabledFeatures }) => ({
      part,
      partName: partName(part),
      instance,
      disabled,
      ...mask('disabledFeatures', disabledFeatures),
    }))
  }
  return value
}

/** The elements that lie inside the item; null where the format has no such array. */
function elements<K extends keyof Arrays>(
  item: Dissection,
  fixed: Partial<Socinfo>,
  name: K,
  path: (index: number) => string,
): Element<K>[] | null {
  const { element, count: countField, offset: offsetField } = socinfoArrays[name]
  const [count, offset] = [fixed[countField], fixed[offsetField]]
  if (count === undefined || offset === undefined) return null
  const room = Math.max(0, Math.floor((item.size - offset) / element.size))
  const kept = Math.min(count, room, MOST)
  if (kept < count) {
    item.note(
      `${name}: ${count} elements of ${element.size} bytes at ${offset} are more than ${kept === MOST ? 'any chip has' : 'fit into the item'}; ${kept} are shown`,
    )
  }
  const end = Math.min(item.size, fixedSize(minorOf(fixed)))
  if (kept > 0 && offset < end)
    item.note(`${name}: at ${offset}, inside the fixed part of ${end} bytes`)
  return Array.from({ length: kept }, (_, index) =>
    item.read(path(index), element as Field<Element<K>>, offset + index * element.size),
  )
}

/** Two arrays with the same index, of which one may be shorter. */
function rows<T>(
  first: readonly number[],
  second: readonly number[],
  row: (index: number, first: number | undefined, second: number | undefined) => T,
): T[] {
  const length = Math.max(first.length, second.length)
  return Array.from({ length }, (_, index) => row(index, first[index], second[index]))
}

function mask(name: string, value: number): Record<string, Decoded> {
  return { [name]: value, [`${name}Bits`]: bitNames(value, {}) }
}

function minorOf({ format = '0.0' }: Partial<Socinfo>): number {
  return Number(format.split('.')[1])
}
