// SPDX-License-Identifier: MIT
// Compressed dumps, gzip and Zstandard: known by their first bytes when read, by the name's extension when written.
// Node has Zstandard of its own from 22.15 on. Before that fzstd reads it, and what is written is valid but plain.

import { extname } from 'node:path'
import { SmemError } from '../errors.js'
import { storedFrame } from './stored-frame.js'
import { unzstd } from './unzstd.js'

/** What is unpacked is kept in memory: SMEM and far more, but no whole ramdump, and no bomb. */
const LARGEST_UNPACKED = 512 * 1024 * 1024

export type Compression = 'gzip' | 'zstd'

/** zlib as far as it is used; it takes a millisecond to load, and most runs do not need it. */
interface Zlib {
  gzipSync(bytes: Uint8Array): Buffer
  gunzipSync(bytes: Uint8Array, options: { maxOutputLength: number }): Buffer
  zstdCompressSync?(bytes: Uint8Array): Buffer
  zstdDecompressSync?(bytes: Uint8Array, options: { maxOutputLength: number }): Buffer
}

const zlib = (): Zlib => process.getBuiltinModule('node:zlib')

/** What an extension asks for; null for what is not written here, and would be believed of the file. */
const extensions: Readonly<Record<string, Compression | null>> = {
  '.gz': 'gzip',
  '.zst': 'zstd',
  '.xz': null,
  '.bz2': null,
  '.lz4': null,
  '.zip': null,
}

/**
 * Which compression the extension of a file name asks for; null for none.
 * @throws SmemError EINVAL with origin `input` for one that is not written here
 */
export function compressionOf(path: string): Compression | null {
  const extension = extname(path)
  const how = extensions[extension]
  if (how !== null) return how ?? null
  throw new SmemError('EINVAL', `${path} asks for a compression that is not written here`, {
    origin: 'input',
    hint: 'names that end in .gz or .zst are compressed, others not',
  })
}

export function compress(bytes: Uint8Array, how: Compression): Uint8Array {
  const { gzipSync, zstdCompressSync = storedFrame } = zlib()
  return (how === 'gzip' ? gzipSync : zstdCompressSync)(bytes)
}

/**
 * The bytes of a compressed file.
 * @param limit most bytes that may come out
 * @throws SmemError EINVAL with origin `input`: broken, cut off, or too large
 */
export function decompress(
  bytes: Uint8Array,
  how: Compression,
  path: string,
  limit = LARGEST_UNPACKED,
): Uint8Array {
  const { gunzipSync, zstdDecompressSync = unzstd } = zlib()
  try {
    const unpack = how === 'gzip' ? gunzipSync : zstdDecompressSync
    return unpack(bytes, { maxOutputLength: limit })
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    const problem = tooLarge[code]?.(path, limit)
    throw new SmemError('EINVAL', problem ?? `${path} cannot be unpacked: ${message}`, {
      origin: 'input',
      cause: error,
      hint:
        problem === undefined ? 'was it copied completely?' : `unpack it first: ${unpacker[how]}`,
    })
  }
}

const unpacker: Readonly<Record<Compression, string>> = {
  gzip: 'gunzip -d FILE',
  zstd: 'zstd -d --long=31 FILE',
}

/** What is not unpacked for its size, by the code of the error. */
const tooLarge: Readonly<Partial<Record<string, (path: string, limit: number) => string>>> = {
  ERR_BUFFER_TOO_LARGE: (path, limit) => `${path} has more than ${limit} bytes when unpacked`,
  ZSTD_error_frameParameter_windowTooLarge: (path) =>
    `${path} asks for more than 128 MiB of memory to be unpacked in`,
}
