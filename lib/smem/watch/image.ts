// SPDX-License-Identifier: MIT
// The words that a watch looks at, as they were at one sample and at the one before. Neighbours in memory are read
// together, and the two copies are compared natively: a sample in which nothing has changed costs a few copies.

import { SmemError } from '../../errors.js'
import type { MemoryPort } from '../../port/port.js'

/** A stretch of a region that is watched. */
export interface Span {
  readonly port: MemoryPort
  /** Bytes from the start of the region; need not be aligned. */
  readonly offset: number
  readonly size: number
  /** Spans of one zone may be read with what lies between them; those without a zone may not. */
  readonly zone: object | null
}

/** What is read at once: whole words. `at` is where they stand in the copies, in words. */
interface Range {
  readonly port: MemoryPort
  readonly start: number
  end: number
  /** Bytes in it that are watched. */
  wanted: number
  readonly zone: object | null
  at: number
  /** Whether it is as it was at the sample before. */
  same: boolean
}

/** So much more than what is watched may be read to save a call. */
const WASTE = 1.25
/** Memory is walled off by pages: what is read in between lies in pages that are read anyway. */
const PAGE = 4096

export class SampleImage {
  readonly #ranges: readonly Range[]
  readonly #rangeOf = new Map<Span, Range>()
  #now: Copy
  #before: Copy

  constructor(spans: readonly Span[]) {
    const ranges: Range[] = []
    for (const span of [...spans].sort(byAddress)) {
      const last = ranges.at(-1)
      if (last !== undefined && joins(last, span)) {
        last.wanted += span.size
        last.end = Math.max(last.end, wordEnd(span))
      } else {
        ranges.push(rangeOf(span))
      }
      this.#rangeOf.set(span, ranges.at(-1)!)
    }
    let words = 0
    for (const range of ranges) {
      range.at = words
      words += (range.end - range.start) / 4
    }
    this.#ranges = ranges
    this.#now = new Copy(words)
    this.#before = new Copy(words)
  }

  /** Bytes that a sample reads. */
  get size(): number {
    return this.#now.bytes.length
  }

  /** Calls that a sample takes. */
  get reads(): number {
    return this.#ranges.length
  }

  /**
   * Reads all of it. What cannot be read stays as it was before.
   * @returns why not, one error for each place
   * @throws SmemError EBADF after close
   */
  read(): SmemError[] {
    const errors: SmemError[] = []
    for (const { port, start, end, at } of this.#ranges) {
      const last = at + (end - start) / 4
      try {
        port.readWords(start, this.#now.words.subarray(at, last))
      } catch (error) {
        if (!(error instanceof SmemError) || error.code === 'EBADF') throw error
        errors.push(error)
        this.#now.words.set(this.#before.words.subarray(at, last), at)
      }
    }
    this.compare()
    return errors
  }

  /** Looks again at what has changed, after somebody has written to `now` or `before`. */
  compare(): void {
    for (const range of this.#ranges) {
      const { start, end, at } = range
      range.same = this.#sameBytes(at * 4, end - start)
    }
  }

  /** Whether nothing has changed since the sample before. */
  get same(): boolean {
    return this.#ranges.every(({ same }) => same)
  }

  /** Whether the bytes of a span have. */
  changed(span: Span): boolean {
    if (this.#rangeOf.get(span)!.same) return false
    return !this.#sameBytes(this.#place(span), span.size)
  }

  /** The bytes of a span now; valid until the next sample. */
  now(span: Span): Buffer {
    return this.#view(this.#now, span)
  }

  /** As they were at the sample before. */
  before(span: Span): Buffer {
    return this.#view(this.#before, span)
  }

  /** From now on this sample is the one before. */
  accept(): void {
    const spare = this.#before
    this.#before = this.#now
    this.#now = spare
  }

  #sameBytes(start: number, size: number): boolean {
    const end = start + size
    return this.#now.bytes.compare(this.#before.bytes, start, end, start, end) === 0
  }

  /** Where a span starts in the copies, in bytes. */
  #place(span: Span): number {
    const { start, at } = this.#rangeOf.get(span)!
    return at * 4 + span.offset - start
  }

  #view({ bytes }: Copy, span: Span): Buffer {
    const start = this.#place(span)
    return bytes.subarray(start, start + span.size)
  }
}

class Copy {
  readonly words: Uint32Array
  readonly bytes: Buffer

  constructor(count: number) {
    this.words = new Uint32Array(count)
    this.bytes = Buffer.from(this.words.buffer)
  }
}

const wordStart = (offset: number) => Math.floor(offset / 4) * 4
const wordEnd = ({ offset, size }: Span) => Math.ceil((offset + size) / 4) * 4

function rangeOf(span: Span): Range {
  const { port, offset, size, zone } = span
  return {
    port,
    start: wordStart(offset),
    end: wordEnd(span),
    wanted: size,
    zone,
    at: 0,
    same: false,
  }
}

function byAddress(a: Span, b: Span): number {
  return a.port.base - b.port.base || a.offset - b.offset
}

/** Whether a span that starts behind the start of a range is better read with it. */
function joins({ port, start, end, wanted, zone }: Range, span: Span): boolean {
  if (span.port !== port) return false
  const from = wordStart(span.offset)
  if (from <= end) return true
  if (zone === null || span.zone !== zone) return false
  const close = Math.floor(from / PAGE) - Math.floor((end - 1) / PAGE) <= 1
  return close && wordEnd(span) - start <= WASTE * (wanted + span.size)
}
