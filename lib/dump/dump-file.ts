// SPDX-License-Identifier: MIT
// A file of a dump, for reading pieces of it: a ramdump has gigabytes, and SMEM two megabytes of them. Files are read,
// not mapped, so nothing that happens to them later is more than an error.

import { closeSync, readSync } from 'node:fs'
import { SmemError } from '../errors.js'
import { DirectFile } from './direct-file.js'
import { openRegular, unreadable, wrongFile } from './regular-file.js'

/** Bytes of a dump, wherever they are kept. */
export interface DumpBytes {
  /** As the user would name it. */
  readonly name: string
  readonly size: number
  /** Fills `into` from `position`. @throws SmemError EINVAL where it ends before, EIO */
  read(position: number, into: Uint8Array): void
  /** The same bytes, for who reads all of them once; to be closed before. */
  readThrough(): DumpBytes
  /** Idempotent. */
  close(): void
}

export class DumpFile implements DumpBytes {
  readonly name: string
  readonly size: number
  #fd: number | null

  /** @throws SmemError with origin `input` for anything but a regular file with something in it */
  constructor(path: string) {
    this.name = path
    const { fd, size } = openRegular(path)
    this.#fd = fd
    this.size = size
    if (size > 0) return
    this.close()
    throw wrongFile('EINVAL', path, 'is empty', 'was the dump written completely?')
  }

  read(position: number, into: Uint8Array): void {
    if (this.#fd === null) throw new SmemError('EBADF', `${this.name} was closed`)
    let done = 0
    while (done < into.length) {
      let count: number
      try {
        count = readSync(this.#fd, into, done, into.length - done, position + done)
      } catch (error) {
        throw unreadable(error, this.name)
      }
      if (count === 0) throw tooShort(this.name, position + into.length)
      done += count
    }
  }

  readThrough(): DumpBytes {
    if (this.#fd === null) throw new SmemError('EBADF', `${this.name} was closed`)
    return new DirectFile(this, this.#fd)
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }
}

/** Bytes that were unpacked into memory. */
export class UnpackedBytes implements DumpBytes {
  readonly name: string
  readonly size: number
  readonly #bytes: Uint8Array

  constructor(name: string, bytes: Uint8Array) {
    this.name = name
    this.size = bytes.length
    this.#bytes = bytes
  }

  read(position: number, into: Uint8Array): void {
    if (position + into.length > this.size) throw tooShort(this.name, position + into.length)
    into.set(this.#bytes.subarray(position, position + into.length))
  }

  readThrough(): DumpBytes {
    return this
  }

  close(): void {}
}

export interface WholeLimit {
  /** Bytes. */
  readonly most: number
  /** What the file is read as: `an auxiliary region`. */
  readonly as: string
  readonly hint: string
}

/**
 * All of a file that is to be kept in memory.
 * @throws SmemError EINVAL with origin `input` for more than the limit, before any of it is read
 */
export function readWhole(file: DumpBytes, { most, as, hint }: WholeLimit): Buffer {
  if (file.size <= most) return readPiece(file, 0, file.size)
  const problem = `has ${file.size} bytes; ${as} may have ${most} at most`
  throw wrongFile('EINVAL', file.name, problem, hint)
}

/** Memory of its own, not a slice of the pool: ports take words straight from it. */
export function readPiece(file: DumpBytes, position: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size)
  file.read(position, bytes)
  return bytes
}

function tooShort(name: string, end: number): SmemError {
  const hint = 'is something still writing to it?'
  return wrongFile('EINVAL', name, `became shorter than ${end} bytes while it was read`, hint)
}
