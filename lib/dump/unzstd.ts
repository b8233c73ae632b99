// SPDX-License-Identifier: MIT
// Zstandard where Node has none of its own, before 22.15. The checksums of its frames are not looked at.

import { Decompress } from 'fzstd'

/** Small pieces in, so that a bomb is noticed while it is small. */
const PIECE = 64 * 1024

/** As zlib's `zstdDecompressSync`: throws ERR_BUFFER_TOO_LARGE where more than `maxOutputLength` bytes come out. */
export function unzstd(
  bytes: Uint8Array,
  { maxOutputLength }: { readonly maxOutputLength: number },
): Buffer {
  const pieces: Uint8Array[] = []
  let size = 0
  const stream = new Decompress((piece) => {
    size += piece.length
    if (size > maxOutputLength) {
      throw Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' })
    }
    pieces.push(piece)
  })
  for (let at = 0; at < bytes.length; at += PIECE) {
    stream.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  }
  return Buffer.concat(pieces)
}
