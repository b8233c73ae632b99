// SPDX-License-Identifier: MIT
// Structures out of a port: aligned words into a scratch of ordinary memory, then fields out of that.

import { copyOut } from '../port/copy.js'
import type { MemoryPort } from '../port/port.js'
import type { Field } from './scalar.js'

/** Reads one kind of structure, again and again, through one scratch. */
export class Reader<T> {
  readonly #layout: Field<T>
  readonly #words: Uint32Array
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(layout: Field<T>) {
    this.#layout = layout
    this.#words = new Uint32Array(Math.ceil(layout.size / 4))
    this.#bytes = new Uint8Array(this.#words.buffer, 0, layout.size)
    this.#view = new DataView(this.#words.buffer)
  }

  /** The structure at `offset`, which broken heaps leave unaligned. EINVAL outside the port. */
  read(port: MemoryPort, offset: number): T {
    if (offset % 4 === 0) port.readWords(offset, this.#words)
    else copyOut(port, offset, this.#bytes)
    return this.#layout.read(this.#view, 0)
  }
}
