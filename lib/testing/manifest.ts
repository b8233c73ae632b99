// SPDX-License-Identifier: MIT
// The last bytes of a fake SoC's memfd: JSON that says what lies where, its length, and a magic word. It makes
// the descriptor alone enough for a second process to attach.

import { fstatSync, readSync, writeSync } from 'node:fs'
import { u32 } from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import { noFake } from './memory-file.js'
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
 * The manifest of an open file, which errors call `path`.
 * @throws SmemError EINVAL where the file is no fake SoC
 */
export function readManifest(fd: number, path: string): Manifest {
  const { size } = fstatSync(fd)
  const end = size - Trailer.size
  if (end < 0) throw noFake(path, 'it is too short')
  const trailer = readAt(fd, end, Trailer.size)
  const { length, magic } = Trailer.read(
    new DataView(trailer.buffer, trailer.byteOffset, trailer.length),
    0,
  )
  if (magic !== MAGIC || length > end) throw noFake(path, 'it has no manifest')
  const { manifest, sound } = parse(path, readAt(fd, end - length, length), size)
  if (manifest.schema !== SCHEMA) throw noFake(path, 'another version of this library made it')
  if (!sound) throw noFake(path, 'its manifest names places that it does not have')
  return manifest
}

/** `sound`: of this version, and every place that it names is there. */
function parse(path: string, json: Buffer, size: number): { manifest: Manifest; sound: boolean } {
  try {
    const manifest = JSON.parse(json.toString()) as Manifest
    return { manifest, sound: manifest.schema === SCHEMA && isSound(manifest, size) }
  } catch (cause) {
    throw noFake(path, 'its manifest is broken', { cause })
  }
}

/** Whether all of it lies in a file of `size` bytes. */
function isSound({ regions, bank, board, ownerMask, lockFile }: Manifest, size: number): boolean {
  const ranges = [...regions, bank, { base: 0, size: PAGE, position: lockFile }]
  const word = board.hwlock.address - bank.base
  return (
    regions.length > 0 &&
    Number.isSafeInteger(ownerMask) &&
    ranges.every((range) => isInside(range, size)) &&
    isInside({ base: board.hwlock.address, size: 4, position: bank.position + word }, size) &&
    word >= 0 &&
    word + 4 <= bank.size
  )
}

function isInside({ base, size, position }: ManifestRange, end: number): boolean {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0
  return [base, size, position].every(isCount) && position + size <= end
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
