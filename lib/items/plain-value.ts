// SPDX-License-Identifier: MIT
// What a decoder of a user's may return. Everybody behind it writes the value as JSON, compares it field by field or
// prints it, and relies on it being made of nothing else: a function cannot be held to its type when it runs.

import { pathOf } from './flatten.js'

/** Of objects in each other: more than any item needs, and nothing that walks a value runs out of stack by it. */
const DEEPEST = 64

/** The first thing in `value` that JSON has no form for, with its path: `a bigint at serial`; null where there is none. */
export function flawOf(value: unknown): string | null {
  return flawIn(value, '', [])
}

/** `above`: the objects that hold this value, outermost first. */
function flawIn(value: unknown, path: string, above: readonly object[]): string | null {
  if (value === undefined) return flaw('undefined', path)
  if (typeof value !== 'object') {
    return scalars.has(typeof value) ? null : flaw(`a ${typeof value}`, path)
  }
  if (value === null) return null
  if (above.includes(value)) return flaw('a value that holds itself', path)
  if (above.length === DEEPEST) return flaw(`objects more than ${DEEPEST} deep`, path)
  const holders = [...above, value]
  if (Array.isArray(value)) {
    return first(value.entries(), ([i, element]) => flawIn(element, `${path}[${i}]`, holders))
  }
  if (!isPlain(value)) return flaw(`an instance of ${nameOf(value)}`, path)
  return first(Object.entries(value), ([name, field]) => flawIn(field, pathOf(path, name), holders))
}

const scalars: ReadonlySet<string> = new Set(['boolean', 'number', 'string'])

function flaw(what: string, path: string): string {
  return path === '' ? what : `${what} at ${path}`
}

/** Made by no class: dates, maps, buffers and promises become something else in JSON, or nothing. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  // One step is enough, and holds for objects of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function nameOf(value: object): string {
  const maker: unknown = value.constructor
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'a class'
}

/** The first flaw, and nothing behind it is looked at. */
function first<T>(all: Iterable<T>, find: (one: T) => string | null): string | null {
  for (const one of all) {
    const found = find(one)
    if (found !== null) return found
  }
  return null
}
