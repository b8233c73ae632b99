// SPDX-License-Identifier: MIT
// A decoded value as indented `name: value` lines. Text in it came out of memory and is made harmless.

import type { Decoded } from '../../items/decoder.js'
import { printable, type Style } from './style.js'

export function decodedText(value: Decoded, style: Style, indent = ''): string {
  if (value === null || typeof value !== 'object') return `${indent}${scalar(value)}\n`
  const entries: [string, Decoded][] = Array.isArray(value)
    ? value.map((element, i) => [`[${i}]`, element])
    : Object.entries(value)
  const width = Math.max(0, ...entries.map(([name]) => name.length))
  return entries
    .map(([name, field]) =>
      field === null || typeof field !== 'object'
        ? `${indent}${style.dim(name.padEnd(width))}  ${scalar(field)}\n`
        : `${indent}${style.dim(name)}\n${decodedText(field, style, `${indent}  `)}`,
    )
    .join('')
}

function scalar(value: Decoded): string {
  if (typeof value === 'string') return printable(value)
  if (typeof value === 'number' && value > 9999) return `${value} (0x${value.toString(16)})`
  return value === null ? '-' : String(value)
}
