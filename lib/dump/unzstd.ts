// SPDX-License-Identifier: MIT
// Zstandard where Node has none of its own, before 22.15. The checksums of its frames are not looked at.

import { Decompress } from 'fzstd'
import { largestWindow } from './zstd-windows.js'

/** Small pieces in, so that a bomb is noticed while it is small. */
const PIECE = 64 * 1024
/** As zstd itself has it, unless told otherwise. */
const LARGEST_WINDOW = 128 * 1024 * 1024

/**
 * As zlib's `zstdDecompressSync`: throws ERR_BUFFER_TOO_LARGE where more than `maxOutputLength` bytes come out, and
 * ZSTD_error_frameParameter_windowTooLarge for frames that ask for more memory than any tool gives them.
 */
export function unzstd(
  bytes: Uint8Array,
  { maxOutputLength }: { readonly maxOutputLength: number },
): Buffer {
  if (largestWindow(bytes) > LARGEST_WINDOW) {
    throw failure('ZSTD_error_frameParameter_windowTooLarge')
  }
  const pieces: Uint8Array[] = []
  let size = 0
  const stream = new Decompress((piece) => {
    size += piece.length
    if (size > maxOutputLength) throw failure('ERR_BUFFER_TOO_LARGE')
    pieces.push(piece)
  })
  for (let at = 0; at < bytes.length; at += PIECE) {
    stream.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  }
  return Buffer.concat(pieces)
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}
