// SPDX-License-Identifier: MIT
// Bytes of any offset and length out of a port that gives whole words only.

import { SmemError } from '../errors.js'
import type { MemoryPort } from './port.js'

/** Words moved at a time where the destination is not word-aligned with the source: 16 KiB of scratch. */
const CHUNK_WORDS = 4096

/**
 * Copies `into.length` bytes from `offset` into ordinary memory, by aligned word loads. Whole words go
 * straight into `into` where both sides are aligned; anything else goes through a scratch of whole words.
 * @throws SmemError EINVAL where the range leaves the port
 */
export function copyOut(port: MemoryPort, offset: number, into: Uint8Array): void {
  if (!(Number.isInteger(offset) && offset >= 0 && offset + into.length <= port.size)) {
    throw new SmemError(
      'EINVAL',
      `${into.length} bytes at offset ${offset} are outside the memory, ${port.size} bytes`,
      { address: port.base + offset },
    )
  }
  let done = 0
  if (offset % 4 === 0 && into.byteOffset % 4 === 0) {
    const whole = new Uint32Array(into.buffer, into.byteOffset, into.length >>> 2)
    port.readWords(offset, whole)
    done = whole.length * 4
  }
  while (done < into.length) {
    const at = offset + done
    const skip = at % 4
    const count = Math.min(into.length - done, CHUNK_WORDS * 4 - skip)
    const scratch = new Uint32Array(Math.ceil((skip + count) / 4))
    port.readWords(at - skip, scratch)
    into.set(new Uint8Array(scratch.buffer, skip, count), done)
    done += count
  }
}

/** A copy of `length` bytes at `offset`, in a Buffer of its own. */
export function readBytes(port: MemoryPort, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  copyOut(port, offset, bytes)
  return bytes
}
