// SPDX-License-Identifier: MIT
// Physical memory as a dump has it: pieces of files, each at its address, and nothing between them. What every kind
// of dump comes down to: a raw image is one piece, an ELF core has one for each PT_LOAD, a split ramdump one for each file.

import { hexAddress, SmemError } from '../errors.js'
import type { DumpBytes } from './dump-file.js'

export interface Segment {
  /** Physical address of its first byte. */
  readonly base: number
  readonly size: number
  readonly file: DumpBytes
  /** Of its first byte in the file. */
  readonly position: number
}

export interface Range {
  readonly base: number
  readonly size: number
}

export class PhysicalMemory {
  /** By address; no two overlap. */
  readonly segments: readonly Segment[]

  /** @throws SmemError EINVAL where two pieces claim one address, or an address is beyond 2^53 */
  constructor(segments: readonly Segment[]) {
    this.segments = [...segments].sort((a, b) => a.base - b.base)
    this.segments.forEach((segment, i) => {
      if (!isAddress(segment.base) || end(segment) > Number.MAX_SAFE_INTEGER) throw beyond(segment)
      const before = this.segments[i - 1]
      if (before !== undefined && end(before) > segment.base) throw overlap(before, segment)
    })
  }

  /** Bytes in all. */
  get size(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0)
  }

  covers(base: number, size: number): boolean {
    return this.missing({ base, size }).length === 0
  }

  /** The parts of a range that are in no segment. */
  missing(range: Range): Range[] {
    const missing: Range[] = []
    let at = range.base
    for (const segment of this.#within(range)) {
      if (segment.base > at) missing.push({ base: at, size: segment.base - at })
      at = end(segment)
    }
    if (at < end(range)) missing.push({ base: at, size: end(range) - at })
    return missing
  }

  /** The segment that has the byte at `address`. */
  at(address: number): Segment | null {
    return this.#within({ base: address, size: 1 })[0] ?? null
  }

  /** Fills `into` from `base`. @throws SmemError EINVAL where some of it is in no segment */
  read(base: number, into: Uint8Array): void {
    const [hole] = this.missing({ base, size: into.length })
    if (hole !== undefined) throw notInDump(hole)
    this.readWhatIsThere(base, into)
  }

  /** As `read`; what is in no segment stays as it was. */
  readWhatIsThere(base: number, into: Uint8Array): void {
    for (const segment of this.#within({ base, size: into.length })) {
      const from = Math.max(base, segment.base)
      const to = Math.min(base + into.length, end(segment))
      const { file, position } = segment
      file.read(position + from - segment.base, into.subarray(from - base, to - base))
    }
  }

  /** Closes its files. Idempotent. */
  close(): void {
    for (const { file } of this.segments) file.close()
  }

  /** By halves, not one by one: a core may have thousands of segments, and a search asks thousands of times. */
  #within(range: Range): readonly Segment[] {
    const first = this.#firstThat((segment) => end(segment) > range.base)
    return this.segments.slice(
      first,
      this.#firstThat(({ base }) => base >= end(range), first),
    )
  }

  /** @param isBehind false up to some segment, true from there on */
  #firstThat(isBehind: (segment: Segment) => boolean, from = 0): number {
    let [low, high] = [from, this.segments.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (isBehind(this.segments[middle]!)) high = middle
      else low = middle + 1
    }
    return low
  }
}

export function end({ base, size }: Range): number {
  return base + size
}

/** `0x80000000 to 0xbfffffff`. */
export function span(range: Range): string {
  return `${hexAddress(range.base)} to ${hexAddress(end(range) - 1)}`
}

function notInDump(hole: Range): SmemError {
  return new SmemError('EINVAL', `${span(hole)} is not in this dump`, { address: hole.base })
}

function isAddress(base: number): boolean {
  return Number.isSafeInteger(base) && base >= 0
}

function beyond({ base, size, file }: Segment): SmemError {
  return new SmemError(
    'EINVAL',
    `${size} bytes at ${base} of ${file.name} are no physical memory`,
    {
      origin: 'input',
      hint: 'addresses are below 2^53',
    },
  )
}

function overlap(a: Segment, b: Segment): SmemError {
  const where = (segment: Segment) => `${span(segment)} (${segment.file.name})`
  return new SmemError('EINVAL', `two parts of the dump overlap: ${where(a)} and ${where(b)}`, {
    origin: 'input',
    address: b.base,
    hint: 'one of the two load addresses is wrong',
  })
}
