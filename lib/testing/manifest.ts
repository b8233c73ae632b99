// SPDX-License-Identifier: MIT
// The last bytes of a fake SoC's memfd: JSON that says what lies where, its length, and a magic word. It makes
// the descriptor alone enough for a second process to attach.

import { fstatSync, readSync, writeSync } from 'node:fs'
import { SmemError } from '../errors.js'
import { u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import type { FakeBoard } from './profile.js'

/**
 * The carve-out in DRAM, or message RAM.
 * @see {@link FakeSoc}
 */
export type RegionKind = 'main' | 'aux'

/** A physical range and the byte of the file at which it starts. */
export interface ManifestRange {
  readonly base: number
  readonly size: number
  readonly position: number
}

export interface ManifestRegion extends ManifestRange {
  readonly kind: RegionKind
}

export interface Manifest {
  readonly schema: typeof SCHEMA
  /** null where the SoC was not made from a profile. */
  readonly profile: string | null
  readonly board: FakeBoard
  /** Region 0 first. */
  readonly regions: readonly [ManifestRegion, ...ManifestRegion[]]
  /** The mutex bank. */
  readonly bank: ManifestRange
  /** Bits of an owner id that its registers keep. */
  readonly ownerMask: number
  /** Byte of the file at which the page of the lock file starts. */
  readonly lockFile: number
}

export const SCHEMA = 'qcom-smem/fake-soc@2'

const Trailer = struct('fake SoC trailer', { length: u32, magic: u32 })
/** Bytes "FSoC". */
const MAGIC = 0x436f5346

/** The manifest as bytes that end the file, NUL in front of the trailer so that it stays a word. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const json = Buffer.from(JSON.stringify(manifest))
  const padding = (8 - (json.length % 8)) % 8
  const bytes = Buffer.alloc(json.length + padding + Trailer.size)
  json.copy(bytes, padding)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  Trailer.write(view, bytes.length - Trailer.size, { length: json.length, magic: MAGIC })
  return bytes
}

/**
 * The manifest of an open file.
 * @throws SmemError EINVAL where the file is no fake SoC
 */
export function readManifest(fd: number): Manifest {
  const end = fstatSync(fd).size - Trailer.size
  if (end < 0) throw noManifest('it is too short')
  const trailer = readAt(fd, end, Trailer.size)
  const { length, magic } = Trailer.read(
    new DataView(trailer.buffer, trailer.byteOffset, trailer.length),
    0,
  )
  if (magic !== MAGIC || length > end) throw noManifest('it has no manifest')
  try {
    const manifest = JSON.parse(readAt(fd, end - length, length).toString()) as Manifest
    if (manifest.schema === SCHEMA) return manifest
  } catch (error) {
    throw noManifest('its manifest is broken', error)
  }
  throw noManifest('another version of this library made it')
}

function noManifest(why: string, cause?: unknown): SmemError {
  return new SmemError('EINVAL', `this file is no fake SoC: ${why}`, {
    cause,
    hint: 'attach to the `path` of a FakeSoc that is open',
  })
}

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  readSync(fd, bytes, 0, length, position)
  return bytes
}

const PAGE = 4096
const zeros = Buffer.alloc(16 * PAGE)

/** Writes `bytes` into a new file of zeros: those of an image, most of it, need no writing. */
export function writeAt(fd: number, position: number, bytes: Uint8Array): void {
  const isZero = (from: number, to: number) => zeros.compare(bytes, from, to, 0, to - from) === 0
  let done = 0
  while (done < bytes.length) {
    const many = Math.min(done + zeros.length, bytes.length)
    if (isZero(done, many)) {
      done = many
      continue
    }
    while (done < many) {
      const end = Math.min(done + PAGE, many)
      if (isZero(done, end)) done = end
      else done += writeSync(fd, bytes, done, end - done, position + done)
    }
  }
}
