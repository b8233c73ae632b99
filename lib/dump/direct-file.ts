// SPDX-License-Identifier: MIT
// A file for who reads all of it once. What the system has in its cache comes from there; the rest comes past it where
// that can be had (O_DIRECT): filling a cache with gigabytes takes longer than reading them. Which of the two it is
// nobody tells, so both are tried now and then, and the faster one is kept.

import { closeSync, constants, openSync, readSync } from 'node:fs'
import type { DumpBytes } from './dump-file.js'

/** What positions, lengths and buffers have to be multiples of, on every common file system. */
const PAGE = 4096

/** Reads from one trial to the next. */
const PERIOD = 64

/** Node has it; its types come with those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer }
}

/** A buffer that starts at a page of memory. */
export function pageAligned(size: number): Uint8Array<ArrayBuffer> {
  // What WebAssembly has for memory is mapped by whole pages; Node's own buffers start anywhere.
  const pages = Math.ceil(size / 65536)
  return new Uint8Array(new WebAssembly.Memory({ initial: pages }).buffer, 0, size)
}

export class DirectFile implements DumpBytes {
  readonly name: string
  readonly size: number
  readonly #file: DumpBytes
  #fd: number | null = null
  #reads = 0
  /** Milliseconds for a byte by way of the cache, at the last trial. */
  #pace = 0
  #direct = true

  /** @param fd of `file`, which stays its owner */
  constructor(file: DumpBytes, fd: number) {
    this.name = file.name
    this.size = file.size
    this.#file = file
    const { O_DIRECT, O_RDONLY } = constants
    if (O_DIRECT === undefined) return
    try {
      // By this name it is the same file, whatever has become of its path.
      this.#fd = openSync(`/proc/self/fd/${fd}`, O_RDONLY | O_DIRECT)
    } catch {
      // Then by way of the cache.
    }
  }

  /** As of the file. */
  read(position: number, into: Uint8Array): void {
    const turn = this.#reads++ % PERIOD
    const direct = turn === 0 ? false : turn === 1 || this.#direct
    const start = performance.now()
    const done = direct && position % PAGE === 0 ? this.#readPages(position, into) : 0
    if (done < into.length) this.#file.read(position + done, into.subarray(done))
    const pace = (performance.now() - start) / into.length
    if (turn === 0) this.#pace = pace
    if (turn === 1) this.#direct = pace < this.#pace
  }

  readThrough(): DumpBytes {
    return this
  }

  /** Closes what it opened itself. Idempotent. */
  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }

  /** As many whole pages as can be had. */
  #readPages(position: number, into: Uint8Array): number {
    const whole = into.length - (into.length % PAGE)
    let done = 0
    while (this.#fd !== null && done < whole && done % PAGE === 0) {
      try {
        const count = readSync(this.#fd, into, done, whole - done, position + done)
        if (count === 0) break
        done += count
      } catch {
        // Not on this file system, or not with this buffer.
        this.close()
      }
    }
    return done
  }
}
