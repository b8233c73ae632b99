// SPDX-License-Identifier: MIT
// Memory without a board: a memfd that processes share by its descriptor or by /proc/PID/fd/N. Sealed in its
// size, so that no mapping of it can turn into a SIGBUS.

import { openSync } from 'node:fs'
import { loadNative } from '../native/load.js'
import { attempt, type MappedRange, mapFile } from './mapped.js'
import type { MemoryPort } from './port.js'

/** A new memfd of `size` zero bytes; the caller owns the descriptor. `name` shows in /proc/PID/fd. */
export function createMemfd(name: string, size: number): number {
  const native = loadNative()
  return attempt(`create a memfd of ${size} bytes`, () => {
    const made = native.createMemfd(name, size)
    try {
      // A descriptor that Node has opened is Node's to close, in any thread.
      return openSync(`/proc/self/fd/${made}`, 'r+')
    } finally {
      native.closeMemfd(made)
    }
  })
}

/** Maps a part of the memfd `fd` as the memory at physical address `base`. */
export function mapMemfd(fd: number, range: MappedRange): MemoryPort {
  return attempt(`map ${range.size} bytes of a memfd`, () => mapFile(fd, range))
}
