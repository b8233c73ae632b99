// SPDX-License-Identifier: MIT
// A port over one mapping made by the native module. Shared by /dev/mem and memfd, which differ only in
// how their file is opened.

import { fromSystemError, SmemError } from '../errors.js'
import type { NativeBinding, NativeMapping } from '../native/binding.js'
import { loadNative } from '../native/load.js'
import { checkWords, type FenceKind, type MemoryPort, readOnly } from './port.js'

export interface MappedRange {
  /** Byte of the file at which the mapping starts; a physical address for /dev/mem. */
  readonly position: number
  readonly size: number
  /** Physical address of offset 0. */
  readonly base: number
  readonly writable: boolean
  /** Memory that also takes aligned 64-bit loads, which copy faster. Not RPM message RAM: 32-bit only. */
  readonly wide?: boolean | undefined
}

/** Maps a range of the open file `fd`, which the caller may close afterwards. */
export function mapFile(fd: number, range: MappedRange): MemoryPort {
  return new MappedPort(loadNative(), fd, range)
}

class MappedPort implements MemoryPort {
  readonly base: number
  readonly size: number
  readonly writable: boolean
  closed = false
  readonly #mapping: NativeMapping
  readonly #fences: Record<FenceKind, () => void>

  constructor(native: NativeBinding, fd: number, range: MappedRange) {
    const { position, size, base, writable, wide = false } = range
    this.#mapping = native.map(fd, position, size, writable, wide)
    this.#fences = { load: native.fenceLoad, store: native.fenceStore, full: native.fenceFull }
    this.base = base
    this.size = size
    this.writable = writable
  }

  read32(offset: number): number {
    checkWords(this, offset, 1)
    return this.#mapping.read32(offset)
  }

  readWords(offset: number, into: Uint32Array): void {
    checkWords(this, offset, into.length)
    this.#mapping.readWords(offset, into)
  }

  readPublished(offset: number, into: Uint32Array): boolean {
    checkWords(this, offset, Math.max(1, into.length))
    return this.#mapping.readPublished(offset, into)
  }

  write32(offset: number, value: number): void {
    this.#checkWritable(offset, 1)
    this.#mapping.write32(offset, value)
  }

  writeWords(offset: number, from: Uint32Array): void {
    this.#checkWritable(offset, from.length)
    this.#mapping.writeWords(offset, from)
  }

  fence(kind: FenceKind): void {
    this.#fences[kind]()
  }

  close(): void {
    this.closed = true
    this.#mapping.close()
  }

  #checkWritable(offset: number, count: number): void {
    checkWords(this, offset, count)
    if (!this.writable) throw readOnly(this)
  }
}

/** Runs a system call made on behalf of a port and turns its failure into a SmemError. */
export function attempt<T>(doing: string, call: () => T, hint?: string): T {
  try {
    return call()
  } catch (error) {
    if (error instanceof SmemError) throw error
    const { address } = error as { address?: number }
    throw fromSystemError(error, doing, { address, hint })
  }
}
