// SPDX-License-Identifier: MIT
// Reader of a flattened device tree, the .dtb that a boot loader hands to the kernel. A dump's .dtb may
// come from anywhere, so every offset is checked before use. Source: the Devicetree Specification v0.4,
// chapter 5 (format version 17).

import { SmemError } from '../errors.js'
import { childPath, type DeviceNode, type DeviceTree } from './tree.js'

const MAGIC = 0xd00dfeed
const VERSION = 17
const HEADER_SIZE = 40
/** The deepest tree that Linux ships has 9 levels and 6000 nodes. */
const MAX_DEPTH = 64
const MAX_NODES = 100_000
const MAX_NAME = 255

const Token = { BEGIN_NODE: 1, END_NODE: 2, PROP: 3, NOP: 4, END: 9 } as const

/** A node while it is being filled. */
interface GrowingNode extends DeviceNode {
  readonly properties: Map<string, Uint8Array>
  readonly children: GrowingNode[]
}

/** The tree in a .dtb. Property values are views into `bytes`. EINVAL for anything that is no such tree. */
export function readDtb(bytes: Uint8Array): DeviceTree {
  return new FdtReader(bytes).tree()
}

class FdtReader {
  readonly #bytes: Buffer
  readonly #strings: { start: number; end: number }
  readonly #end: number
  /** Next byte of the structure block. */
  #at: number
  #nodes = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.length < HEADER_SIZE) throw broken(`${bytes.length} bytes, less than its header`)
    const [
      magic,
      total,
      structOffset,
      stringsOffset,
      ,
      version,
      oldest,
      ,
      stringsSize,
      structSize,
    ] = Array.from({ length: 10 }, (_, i) => this.#bytes.readUInt32BE(i * 4)) as HeaderWords
    if (magic !== MAGIC) {
      throw broken(`it starts with 0x${magic.toString(16).padStart(8, '0')}, not 0xd00dfeed`)
    }
    if (total > bytes.length) throw broken(`it has ${bytes.length} of its ${total} bytes`)
    if (version < VERSION || oldest > VERSION) {
      throw broken(`its format is version ${version}, this reads version ${VERSION}`)
    }
    this.#strings = block('strings', stringsOffset, stringsSize, total)
    const structure = block('structure', structOffset, structSize, total)
    if (structure.start % 4 !== 0) throw broken('its structure block is not aligned to a word')
    this.#at = structure.start
    this.#end = structure.end
  }

  tree(): DeviceTree {
    let root: GrowingNode | null = null
    const open: GrowingNode[] = []
    for (;;) {
      const token = this.#word()
      const here = open.at(-1) ?? null
      if (token === Token.NOP) continue
      if (token === Token.BEGIN_NODE) {
        if (here === null && root !== null) throw broken('it has two root nodes')
        const node = this.#beginNode(here, open.length)
        root ??= node
        open.push(node)
      } else if (token === Token.END_NODE) {
        if (open.pop() === undefined) throw broken('it ends a node that it did not begin')
      } else if (token === Token.PROP) {
        if (here === null) throw broken('it has a property outside every node')
        this.#property(here)
      } else if (token === Token.END) {
        if (root === null) throw broken('it has no root node')
        if (here !== null) throw broken(`it ends inside of ${here.path}`)
        return { root }
      } else throw broken(`unknown token ${token} at byte ${this.#at - 4}`)
    }
  }

  #beginNode(parent: GrowingNode | null, depth: number): GrowingNode {
    if (depth >= MAX_DEPTH) throw broken(`it is deeper than ${MAX_DEPTH} levels`)
    if (++this.#nodes > MAX_NODES) throw broken(`it has more than ${MAX_NODES} nodes`)
    const name = this.#text(this.#at, this.#end, 'node name')
    this.#skip(name.length + 1)
    const path = childPath(parent, name)
    const node: GrowingNode = { name, path, parent, properties: new Map(), children: [] }
    parent?.children.push(node)
    return node
  }

  #property(node: GrowingNode): void {
    const length = this.#word()
    const nameOffset = this.#word()
    const start = this.#at
    this.#skip(length)
    const { start: strings, end } = this.#strings
    const name = this.#text(strings + nameOffset, end, `name of a property of ${node.path}`)
    node.properties.set(name, this.#bytes.subarray(start, start + length))
  }

  #word(): number {
    const at = this.#at
    this.#skip(4)
    return this.#bytes.readUInt32BE(at)
  }

  /** Moves on by `length` bytes, rounded up to whole words. */
  #skip(length: number): void {
    const next = this.#at + Math.ceil(length / 4) * 4
    if (next > this.#end)
      throw broken(`its structure block ends in the middle, at byte ${this.#at}`)
    this.#at = next
  }

  #text(start: number, end: number, what: string): string {
    const nul = start < end ? this.#bytes.indexOf(0, start) : -1
    if (nul < 0 || nul >= end)
      throw broken(`the ${what} at byte ${start} does not end in its block`)
    if (nul - start > MAX_NAME)
      throw broken(`the ${what} at byte ${start} is ${nul - start} bytes long`)
    return this.#bytes.toString('latin1', start, nul)
  }
}

type HeaderWords = [
  magic: number,
  total: number,
  structOffset: number,
  stringsOffset: number,
  reservations: number,
  version: number,
  oldest: number,
  bootCpu: number,
  stringsSize: number,
  structSize: number,
]

function block(name: string, start: number, size: number, total: number) {
  if (start < HEADER_SIZE || start + size > total) {
    throw broken(`its ${name} block, ${size} bytes at ${start}, is outside its ${total} bytes`)
  }
  return { start, end: start + size }
}

function broken(problem: string): SmemError {
  return new SmemError('EINVAL', `not a usable .dtb: ${problem}`, {
    origin: 'input',
    hint: 'give the binary device tree of the board, as dtc or the kernel build writes it',
  })
}
