// SPDX-License-Identifier: MIT
// Small device trees written as data, and the two forms in which a machine has them: a .dtb and a
// folder like /proc/device-tree. It shares nothing with the readers that it tests.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A property (cells, strings, bytes, or `true` for one without a value) or a node below this one. */
export type Value = number | number[] | string | string[] | Uint8Array | true | TreeText
export interface TreeText {
  [name: string]: Value
}

function isNode(value: Value): value is TreeText {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function bytesOf(value: Exclude<Value, TreeText>): Buffer {
  if (value === true) return Buffer.alloc(0)
  if (value instanceof Uint8Array) return Buffer.from(value)
  const list = Array.isArray(value) ? value : [value]
  return Buffer.concat(
    list.map((element) =>
      typeof element === 'string' ? Buffer.from(`${element}\0`) : word(element),
    ),
  )
}

function word(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}

/** The tree as `dtc` would write it: version 17, strings after the structure. */
export function dtb(tree: TreeText): Buffer {
  const names: string[] = []
  const nameOffset = (name: string): number => {
    if (!names.includes(name)) names.push(name)
    return names.slice(0, names.indexOf(name)).reduce((sum, before) => sum + before.length + 1, 0)
  }
  const node = (name: string, values: TreeText): Buffer[] => [
    word(1),
    padded(Buffer.from(`${name}\0`)),
    ...Object.entries(values).flatMap(([key, value]) => {
      if (isNode(value)) return []
      const bytes = bytesOf(value)
      return [word(3), word(bytes.length), word(nameOffset(key)), padded(bytes)]
    }),
    ...Object.entries(values).flatMap(([key, value]) => (isNode(value) ? node(key, value) : [])),
    word(2),
  ]
  const structure = Buffer.concat([...node('', tree), word(9)])
  const strings = Buffer.from(names.map((name) => `${name}\0`).join(''))
  return assembled(structure, strings)
}

/** Header, an empty reservation list, and the two blocks. */
export function assembled(structure: Buffer, strings: Buffer): Buffer {
  const start = 40 + 16
  const middle = start + structure.length
  const total = middle + strings.length
  const header = [0xd00dfeed, total, start, middle, 40, 17, 16, 0, strings.length, structure.length]
  return Buffer.concat([...header.map(word), Buffer.alloc(16), structure, strings])
}

/** The tree as /proc/device-tree shows it. */
export function writeFolder(folder: string, tree: TreeText): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, value] of Object.entries(tree)) {
    const path = join(folder, name)
    if (isNode(value)) writeFolder(path, value)
    else writeFileSync(path, bytesOf(value))
  }
}
