// SPDX-License-Identifier: MIT
// Values of a decoded item as text on one line: a number with the name that stands beside it, bits by their names.
// The rule is that of the command line's `show`, which a page in a browser cannot import.

import type { PageItem } from '../../inspect/page.js'
import { visible } from './text.js'

export type Value = PageItem['value']

/** A decoded object. */
export type Fields = { readonly [field: string]: Value }

/** Numbers above are easier to recognise in hex. */
const LARGE = 9999

/** Whether a value needs no lines of its own. */
export function isInline(value: Value): boolean {
  return isScalar(value) || (Array.isArray(value) && value.every(isScalar))
}

export function isFields(value: Value | undefined): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isScalar(value: Value): boolean {
  return value === null || typeof value !== 'object'
}

/** The fields of an object but for those that only explain the number beside them. */
export function ownFields(object: Fields): string[] {
  return Object.keys(object).filter((name) => {
    const explained = /^(.+)(?:Name|Bits)$/.exec(name)?.[1]
    return explained === undefined || typeof object[explained] !== 'number'
  })
}

/** `8 (MTP)`, `0x5 (RUN, INIT)`: an inline field with what its siblings say of it; `7 (?)` has no public name. */
export function fieldText(object: Fields, name: string): string {
  const value = object[name] ?? null
  if (typeof value !== 'number') return inlineText(value)
  const bits = object[`${name}Bits`]
  if (Array.isArray(bits)) {
    return `${hex(value)}${bits.length === 0 ? '' : ` (${inlineText(bits)})`}`
  }
  const called = object[`${name}Name`]
  if (called === undefined) return inlineText(value)
  const number = value > LARGE ? hex(value) : String(value)
  if (called === null) return value === 0 ? number : `${number} (?)`
  return `${number} (${inlineText(called)})`
}

export function inlineText(value: Value): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inlineText).join(', ')
  if (typeof value === 'string') return value === '' ? '""' : visible(value)
  if (typeof value === 'number' && value > LARGE) return `${value} (${hex(value)})`
  return value === null ? '–' : String(value)
}

function hex(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`
}
