// SPDX-License-Identifier: MIT
// Tells every access to another port, one line each: what `-v` prints. An access is announced before it is
// made and its value told after, so where a board hangs, the last words on the screen say on what.

import { hexAddress } from '../errors.js'
import { checkWords, type MemoryPort } from './port.js'
import { wrapper } from './wrapper.js'

/** Wraps `port`; `tell` gets pieces of lines such as `R 0x86300040` and ` -> 0x00000001\n`. */
export function tracing(port: MemoryPort, tell: (text: string) => void): MemoryPort {
  const address = (offset: number) => hexAddress(port.base + offset)
  const extent = { base: port.base, size: port.size, closed: false }
  const read32 = (offset: number) => {
    tell(`R ${address(offset)}`)
    const value = port.read32(offset)
    tell(` -> ${hexAddress(value)}\n`)
    return value
  }
  const write32 = (offset: number, value: number) => {
    tell(`W ${address(offset)} <- ${hexAddress(value)}\n`)
    port.write32(offset, value)
  }
  return wrapper(port, {
    read32,
    write32,
    // Word by word, so that each is announced; all of them or none.
    readWords(offset, into) {
      checkWords(extent, offset, into.length)
      for (let i = 0; i < into.length; i++) into[i] = read32(offset + i * 4)
    },
    writeWords(offset, from) {
      checkWords(extent, offset, from.length)
      from.forEach((value, i) => {
        write32(offset + i * 4, value)
      })
    },
    fence(kind) {
      tell(`F ${kind}\n`)
      port.fence(kind)
    },
  })
}
