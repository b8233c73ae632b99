// SPDX-License-Identifier: MIT
// How much memory the frames of a Zstandard file ask for: who unpacks one keeps a window of what came out last, as
// large as its header says, and a few bytes may say anything. Source: RFC 8878, sections 3.1.1.1 and 3.1.2.

const MAGIC = 0xfd2fb528
/** The lowest four bits are the user's. */
const SKIPPABLE = 0x184d2a5
const RLE = 1

/** Bytes of the fields that follow the descriptor, by its two bits for each. */
const DICTIONARY_SIZES = [0, 1, 2, 4]
const CONTENT_SIZES = [0, 2, 4, 8]

/** Bytes of the largest window of any frame. What is cut off or no frame ends the walk: unpacking tells of it. */
export function largestWindow(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let largest = 0
  let at = 0
  while (at + 8 <= file.length) {
    const magic = file.readUInt32LE(at)
    if (magic >>> 4 === SKIPPABLE) {
      at += 8 + file.readUInt32LE(at + 4)
      continue
    }
    if (magic !== MAGIC) break
    const { window, blocks, checksum } = frameHeader(file, at + 4)
    largest = Math.max(largest, window)
    at = behindBlocks(file, blocks) + checksum
  }
  return largest
}

/** @param start of the descriptor, the byte behind the magic */
function frameHeader(file: Buffer, start: number) {
  const descriptor = file.readUInt8(start)
  const whole = (descriptor & 0x20) !== 0
  const dictionary = start + (whole ? 1 : 2)
  const content = dictionary + DICTIONARY_SIZES[descriptor & 3]!
  // A frame that is kept whole has its size at any rate.
  const size = CONTENT_SIZES[descriptor >> 6]! || (whole ? 1 : 0)
  return {
    window: whole ? contentSize(file, content, size) : windowSize(file[start + 1] ?? 0),
    blocks: content + size,
    checksum: (descriptor & 4) !== 0 ? 4 : 0,
  }
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function contentSize(file: Buffer, at: number, size: number): number {
  if (at + size > file.length) return 0
  if (size === 8) return Number(file.readBigUInt64LE(at))
  // Of two bytes, the first 256 values are in one already.
  return file.readUIntLE(at, size) + (size === 2 ? 256 : 0)
}

/** Where the last block of a frame ends. */
function behindBlocks(file: Buffer, start: number): number {
  let at = start
  while (at + 3 <= file.length) {
    const head = file.readUIntLE(at, 3)
    at += 3 + (((head >> 1) & 3) === RLE ? 1 : head >> 3)
    if ((head & 1) !== 0) return at
  }
  return file.length
}
