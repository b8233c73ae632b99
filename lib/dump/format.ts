// SPDX-License-Identifier: MIT
// What a dump file is, by its first bytes: one row for each format that we read or know by name. A raw image has no
// magic of its own; anything that is not in the table is one.

import { SmemError } from '../errors.js'
import { type Compression, decompress } from './compression.js'
import { type DumpBytes, DumpFile, readPiece, readWhole, UnpackedBytes } from './dump-file.js'
import { ELF_MAGIC } from './elf-layout.js'

interface Format {
  readonly magic: string
  readonly name: string
  readonly compression?: Compression
  /** What makes something of it that we read, where we do not ourselves. */
  readonly remedy: string
}

/** The magics in latin1. */
const formats: readonly Format[] = [
  {
    magic: '\x1f\x8b',
    name: 'gzip',
    compression: 'gzip',
    remedy: 'unpack it first: gunzip -d FILE',
  },
  {
    magic: '\x28\xb5\x2f\xfd',
    name: 'Zstandard',
    compression: 'zstd',
    remedy: 'unpack it first: zstd -d FILE',
  },
  { magic: '\xfd7zXZ\0', name: 'an xz archive', remedy: 'unpack it first: xz -d FILE' },
  { magic: 'BZh', name: 'a bzip2 archive', remedy: 'unpack it first: bzip2 -d FILE' },
  { magic: 'PK\x03\x04', name: 'a zip archive', remedy: 'unpack it first: unzip FILE' },
  { magic: '7z\xbc\xaf\x27\x1c', name: 'a 7z archive', remedy: 'unpack it first: 7z x FILE' },
  {
    magic: 'KDUMP   ',
    name: 'a compressed kdump',
    remedy: 'take the dump as an ELF core: makedumpfile -E, or copy /proc/vmcore',
  },
  {
    magic: 'makedumpfile',
    name: 'a flattened kdump',
    remedy: 'take the dump as an ELF core: makedumpfile -E, or copy /proc/vmcore',
  },
]

/** No more than that may come out of it, and hardly anything becomes smaller by being unpacked. */
const LARGEST_PACKED = 512 * 1024 * 1024

const LONGEST_MAGIC = Math.max(...formats.map(({ magic }) => magic.length))

/**
 * Opens a file of a dump, unpacking what is compressed.
 * @throws SmemError with origin `input`; EOPNOTSUPP for a format that is known and not read
 */
export function openDumpFile(path: string): DumpBytes {
  const file = new DumpFile(path)
  try {
    const head = firstBytes(file, LONGEST_MAGIC)
    const format = formats.find(({ magic }) => head.startsWith(magic))
    if (format === undefined) return file
    const { name, compression, remedy } = format
    if (compression === undefined) {
      throw new SmemError('EOPNOTSUPP', `${path} is ${name}, which is not read`, {
        origin: 'input',
        hint: remedy,
      })
    }
    const limit = { most: LARGEST_PACKED, as: 'a compressed dump', hint: remedy }
    const unpacked = decompress(readWhole(file, limit), compression, path)
    file.close()
    if (unpacked.length > 0) return new UnpackedBytes(path, unpacked)
    throw new SmemError('EINVAL', `${path} is empty when unpacked`, { origin: 'input' })
  } catch (error) {
    file.close()
    throw error
  }
}

export function isElf(file: DumpBytes): boolean {
  return firstBytes(file, ELF_MAGIC.length) === String.fromCharCode(...ELF_MAGIC)
}

function firstBytes(file: DumpBytes, count: number): string {
  return readPiece(file, 0, Math.min(count, file.size)).toString('latin1')
}
