// SPDX-License-Identifier: MIT
// A port around another: the same memory, with some of its functions replaced by those of who looks on.

import type { MemoryPort } from './port.js'

/** `port` with `changes`. Records are read by its three steps, so that whoever looks on sees them all. */
export function wrapper(port: MemoryPort, changes: Partial<MemoryPort>): MemoryPort {
  const { base, size, writable, holes } = port
  return {
    base,
    size,
    writable,
    holes,
    read32: (offset) => port.read32(offset),
    readWords: (offset, into) => port.readWords(offset, into),
    write32: (offset, value) => port.write32(offset, value),
    writeWords: (offset, from) => port.writeWords(offset, from),
    fence: (kind) => port.fence(kind),
    close: () => port.close(),
    ...changes,
  }
}
