// SPDX-License-Identifier: MIT
// A decoded value as a flat table, path -> scalar, and what differs between two of them: how a change of an item is
// told field by field. Paths are written as in JavaScript: `pmics[0].model`.

import type { Decoded } from './decoder.js'

/**
 * A value that is not made of others.
 * @see {@link Sampler}
 */
export type Scalar = null | boolean | number | string

/**
 * A field that differs; `null` also stands for one that is not there.
 * @see {@link Smem.watch}
 */
export interface FieldChange {
  readonly path: string
  readonly before: Scalar
  readonly after: Scalar
}

/** Every scalar by its path, in the order of the value. A value that is a scalar itself has the path ''. */
export function flatten(value: Decoded): Map<string, Scalar> {
  const found = new Map<string, Scalar>()
  collect(value, '', found)
  return found
}

/** The fields that differ, in the order of `after`, with those that are gone behind them. */
export function changedFields(before: Decoded, after: Decoded): FieldChange[] {
  return changedScalars(flatten(before), flatten(after))
}

/** As `changedFields`, of what was flattened before. */
export function changedScalars(
  before: ReadonlyMap<string, Scalar>,
  after: ReadonlyMap<string, Scalar>,
): FieldChange[] {
  const changes: FieldChange[] = []
  const compare = (path: string, was: Scalar, is: Scalar) => {
    if (!Object.is(was, is)) changes.push({ path, before: was, after: is })
  }
  for (const [path, value] of after) compare(path, before.get(path) ?? null, value)
  for (const [path, value] of before) if (!after.has(path)) compare(path, value, null)
  return changes
}

function collect(value: Decoded, path: string, found: Map<string, Scalar>): void {
  if (value === null || typeof value !== 'object') {
    found.set(path, value)
    return
  }
  if (Array.isArray(value)) {
    for (const [i, element] of value.entries()) collect(element, `${path}[${i}]`, found)
    return
  }
  for (const [name, field] of Object.entries(value)) collect(field, pathOf(path, name), found)
}

/** The path of field `name` of the value at `path`. */
export function pathOf(path: string, name: string): string {
  if (!/^[\w$]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}
