// SPDX-License-Identifier: MIT
// Remembers every access to another port, so that a test can assert what was touched and in which order:
// the publication order of SMEM is a property of that sequence.

import type { FenceKind, MemoryPort } from './port.js'
import { wrapper } from './wrapper.js'

export type Access =
  | { readonly kind: 'read' | 'write'; readonly address: number; readonly value: number }
  | { readonly kind: 'fence'; readonly fence: FenceKind }

export interface RecordingPort extends MemoryPort {
  /** Every word read or written and every fence, in order. Empty it to start anew. */
  readonly accesses: Access[]
}

/** Wraps `port`, or several ports in turn when they share `accesses`. */
export function recording(port: MemoryPort, accesses: Access[] = []): RecordingPort {
  const note = (kind: 'read' | 'write', offset: number, value: number) => {
    accesses.push({ kind, address: port.base + offset, value })
  }
  const wrapped = wrapper(port, {
    read32(offset) {
      const value = port.read32(offset)
      note('read', offset, value)
      return value
    },
    readWords(offset, into) {
      port.readWords(offset, into)
      into.forEach((value, i) => {
        note('read', offset + i * 4, value)
      })
    },
    write32(offset, value) {
      port.write32(offset, value)
      note('write', offset, value)
    },
    writeWords(offset, from) {
      port.writeWords(offset, from)
      from.forEach((value, i) => {
        note('write', offset + i * 4, value)
      })
    },
    fence(fence) {
      port.fence(fence)
      accesses.push({ kind: 'fence', fence })
    },
  })
  return { ...wrapped, accesses }
}
