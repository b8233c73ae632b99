// SPDX-License-Identifier: MIT
// A Zstandard frame that any tool unpacks, made without a compressor: pages of one value take four bytes, others are
// stored as they are. Most of SMEM is zeros. Source: RFC 8878, sections 3.1.1.1 and 3.1.1.2.

const MAGIC = 0xfd2fb528
/** Its size in eight bytes, no checksum, no dictionary. */
const DESCRIPTOR = 0b1100_0000
/**
 * 128 KiB: a block. Nothing refers back any further, and a frame without a window is unpacked into memory as a whole,
 * which tools refuse above 128 MiB.
 */
const WINDOW = 7 << 3
const HEADER = 4 + 1 + 1 + 8

const RAW = 0
const RLE = 1
const PAGE = 4096
/** Most bytes of a block. */
const LARGEST_BLOCK = 128 * 1024

interface Run {
  readonly start: number
  readonly length: number
  /** All its bytes are the same. */
  readonly even: boolean
}

/** `bytes` as one frame. */
export function storedFrame(bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(MAGIC, 0)
  header.writeUInt8(DESCRIPTOR, 4)
  header.writeUInt8(WINDOW, 5)
  header.writeBigUInt64LE(BigInt(bytes.length), 6)
  const runs = runsOf(bytes)
  const blocks = runs.flatMap(({ start, length, even }, i) => {
    const last = i === runs.length - 1 ? 1 : 0
    const head = Buffer.alloc(3)
    head.writeUIntLE(last | ((even ? RLE : RAW) << 1) | (length << 3), 0, 3)
    return [head, bytes.subarray(start, even ? start + 1 : start + length)]
  })
  return Buffer.concat([header, ...blocks])
}

/** Pages of a kind together, as far as a block goes. An empty input is one empty run. */
function runsOf(bytes: Uint8Array): Run[] {
  const runs: Run[] = []
  for (let start = 0; start < bytes.length; start += PAGE) {
    const length = Math.min(PAGE, bytes.length - start)
    const even = isEven(bytes, start, length)
    const before = runs.at(-1)
    const joins =
      before !== undefined &&
      before.even === even &&
      before.length + length <= LARGEST_BLOCK &&
      (!even || bytes[start] === bytes[before.start])
    if (joins) runs[runs.length - 1] = { ...before, length: before.length + length }
    else runs.push({ start, length, even })
  }
  return runs.length === 0 ? [{ start: 0, length: 0, even: false }] : runs
}

function isEven(bytes: Uint8Array, start: number, length: number): boolean {
  for (let i = start + 1; i < start + length; i++) {
    if (bytes[i] !== bytes[start]) return false
  }
  return true
}
