// SPDX-License-Identifier: MIT
// An image that was read into memory. Never mapped: a file truncated under a mapping is a SIGBUS.

import { checkWords, type FenceKind, type MemoryPort, readOnly, wordEnd } from './port.js'

export class BytesPort implements MemoryPort {
  readonly base: number
  readonly size: number
  readonly writable: boolean
  closed = false
  readonly #words: Uint32Array

  /** Takes a copy of `bytes` unless they are word-aligned and whole words, then it is a view of them. */
  constructor(bytes: Uint8Array, { base = 0, writable = false } = {}) {
    this.base = base
    this.size = bytes.length
    this.writable = writable
    this.#words = wordsOf(bytes)
  }

  read32(offset: number): number {
    checkWords(this, offset, 1)
    return this.#words[offset >>> 2]!
  }

  readWords(offset: number, into: Uint32Array): void {
    checkWords(this, offset, into.length)
    const first = offset / 4
    into.set(this.#words.subarray(first, first + into.length))
  }

  write32(offset: number, value: number): void {
    this.#checkWritable(offset, 1)
    this.#words[offset / 4] = value
  }

  writeWords(offset: number, from: Uint32Array): void {
    this.#checkWritable(offset, from.length)
    this.#words.set(from, offset / 4)
  }

  /** Nobody else sees these bytes: nothing to order. */
  fence(_kind: FenceKind): void {}

  close(): void {
    this.closed = true
  }

  #checkWritable(offset: number, count: number): void {
    checkWords(this, offset, count)
    if (!this.writable) throw readOnly(this)
  }
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  if (bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0) {
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  }
  const padded = new Uint8Array(wordEnd(bytes.length))
  padded.set(bytes)
  return new Uint32Array(padded.buffer)
}
