// SPDX-License-Identifier: MIT
// Tells every access to another port, one line each: what `-v` prints, so that an engineer on a new board
// can see what was touched before something stopped answering.

import { hexAddress } from '../errors.js'
import type { FenceKind, MemoryPort } from './port.js'

/** Wraps `port`; `tell` gets lines such as `R 0x86300040 -> 0x00000001`. */
export function tracing(port: MemoryPort, tell: (line: string) => void): MemoryPort {
  const address = (offset: number) => hexAddress(port.base + offset)
  return {
    base: port.base,
    size: port.size,
    writable: port.writable,
    read32(offset) {
      const value = port.read32(offset)
      tell(`R ${address(offset)} -> ${hexAddress(value)}`)
      return value
    },
    readWords(offset, into) {
      port.readWords(offset, into)
      into.forEach((value, i) => {
        tell(`R ${address(offset + i * 4)} -> ${hexAddress(value)}`)
      })
    },
    write32(offset, value) {
      tell(`W ${address(offset)} <- ${hexAddress(value)}`)
      port.write32(offset, value)
    },
    writeWords(offset, from) {
      from.forEach((value, i) => {
        tell(`W ${address(offset + i * 4)} <- ${hexAddress(value)}`)
      })
      port.writeWords(offset, from)
    },
    fence(kind: FenceKind) {
      tell(`F ${kind}`)
      port.fence(kind)
    },
    close: () => port.close(),
  }
}
