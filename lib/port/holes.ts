// SPDX-License-Identifier: MIT
// Memory with parts that nobody has: a dump without one of its pieces, a snapshot without the partitions that were not
// to be touched. What lies there is not zero but unknown, so a read of it fails.

import { hexAddress, SmemError } from '../errors.js'
import { checkWords, type MemoryPort, type Stretch } from './port.js'
import { wrapper } from './wrapper.js'

/** `port` without what is in `holes`. */
export function withHoles(port: MemoryPort, holes: readonly Stretch[]): MemoryPort {
  const { base } = port
  const check = (offset: number, count: number) => {
    // Bounds first: outside the port nothing is a hole.
    checkWords({ base, size: port.size, closed: false }, offset, count)
    const missing = notHere({ base, holes }, { offset, size: count * 4 })
    if (missing !== null) throw missing
  }
  return wrapper(port, {
    holes,
    read32(offset) {
      check(offset, 1)
      return port.read32(offset)
    },
    readWords(offset, into) {
      check(offset, into.length)
      port.readWords(offset, into)
    },
    write32(offset, value) {
      check(offset, 1)
      port.write32(offset, value)
    },
    writeWords(offset, from) {
      check(offset, from.length)
      port.writeWords(offset, from)
    },
  })
}

/** What stands in the way of reading a part of some memory: the first hole in it. null without one. */
export function notHere(
  { base, holes }: Pick<MemoryPort, 'base' | 'holes'>,
  { offset, size }: Stretch,
): SmemError | null {
  if (holes === undefined || size === 0) return null
  const hole = holes.find((each) => each.offset < offset + size && each.offset + each.size > offset)
  if (hole === undefined) return null
  const address = base + hole.offset
  return new SmemError(
    'EINVAL',
    `${hexAddress(address)} to ${hexAddress(address + hole.size - 1)} is not in this dump`,
    { address },
  )
}
