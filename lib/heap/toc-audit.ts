// SPDX-License-Identifier: MIT
// Whether the table of contents is as sound as when it was last found to be: quick, because it looks only at what
// is new. Allocated records do not change, and new items lie behind all older ones and before the free offset.
// Whoever fails here is looked at by all the checks (check/).

import { FREE_OFFSET, Header, TocEntry } from '../layout/header.js'
import type { ItemPlace } from './item.js'
import { type Regions, selectRegion } from './region.js'

const WORDS = TocEntry.size / 4
/** Words that are compared at a time: little of a table is new. */
const SECTION = 64 * WORDS

export class TocAudit {
  readonly #regions: Regions
  #now: Records
  readonly #heapInfo = new Uint32Array(2)
  /** The records that were found sound, and where they end; null before the first time. */
  #sound: { readonly records: Records; readonly end: number } | null = null
  /** What was planned last in a sound heap. */
  #expected: ItemPlace | null = null

  constructor(regions: Regions, records: number) {
    this.#regions = regions
    this.#now = new Records(records * WORDS)
  }

  /** Whether the table is sound now: by what is new in it, or by `confirm`, all the checks. */
  sound(confirm: () => boolean): boolean {
    const { port } = this.#regions[0]
    port.readWords(FREE_OFFSET, this.#heapInfo)
    // Records are to be at least as new as the free offset: a plan of ours would go stale with that one.
    port.fence('load')
    port.readWords(Header.offsets.toc, this.#now.words)
    const added = this.#added()
    if (added === null && !confirm()) return false
    if (added?.length !== 0) this.#accept()
    return true
  }

  /** An item that is going to be allocated: found as planned, its record is as sound as the heap was. */
  expect(place: ItemPlace): void {
    this.#expected = place
  }

  #accept(): void {
    const [end] = this.#heapInfo
    const spare = this.#sound?.records ?? new Records(this.#now.words.length)
    this.#sound = { records: this.#now, end: end! }
    this.#now = spare
  }

  /** A plan is stale where another item came first, so nothing lies between. */
  #meet({ id, offset, size }: ItemPlace): void {
    const { words } = this.#now
    const at = id * WORDS
    const made = words[at] === 1 && words[at + 1] === offset && words[at + 2] === size
    const sound = this.#sound
    if (!made || words[at + 3] !== 0 || sound === null || offset < sound.end) return
    sound.records.words.set([1, offset, size, 0], at)
    this.#sound = { records: sound.records, end: offset + size }
  }

  /** The places of new items in region 0 where all that is new is sound, in ascending order; else null. */
  #added(): Span[] | null {
    if (this.#expected !== null) this.#meet(this.#expected)
    this.#expected = null
    const sound = this.#sound
    const [end, available] = this.#heapInfo as unknown as [number, number]
    if (sound === null || end < sound.end || end + available > this.#regions[0].port.size) {
      return null
    }
    const added: Span[] = []
    const { words } = this.#now
    for (const at of this.#now.changed(sound.records)) {
      const [offset, size] = [words[at + 1]!, words[at + 2]!]
      if (sound.records.words[at] !== 0) return null
      if (words[at] === 0) continue
      const region = selectRegion(this.#regions, words[at + 3]!)
      if (region === null || offset + size > region.port.size) return null
      if (region.kind === 'main') added.push({ start: offset, end: offset + size })
    }
    added.sort((a, b) => a.start - b.start)
    return follow(added, sound.end, end) ? added : null
  }
}

/** The records as words, and as bytes, of which whole sections are compared natively. */
class Records {
  readonly words: Uint32Array
  readonly #bytes: Buffer

  constructor(words: number) {
    this.words = new Uint32Array(words)
    this.#bytes = Buffer.from(this.words.buffer)
  }

  /** Where records start that are not as in `before`, in words. */
  changed(before: Records): number[] {
    const changed: number[] = []
    if (this.#bytes.equals(before.#bytes)) return changed
    const { length } = this.words
    for (let start = 0; start < length; start += SECTION) {
      const end = Math.min(start + SECTION, length)
      if (this.#sameBytes(before, start * 4, end * 4)) continue
      for (let at = start; at < end; at += WORDS) {
        if (!sameRecord(this.words, before.words, at)) changed.push(at)
      }
    }
    return changed
  }

  #sameBytes(other: Records, start: number, end: number): boolean {
    return this.#bytes.compare(other.#bytes, start, end, start, end) === 0
  }
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Whether the spans lie one after the other between `start` and `end`. */
function follow(spans: readonly Span[], start: number, end: number): boolean {
  let at = start
  for (const span of spans) {
    if (span.start < at) return false
    at = span.end
  }
  return at <= end
}

/** Whether the records that start at word `at` are the same. */
function sameRecord(a: Uint32Array, b: Uint32Array, at: number): boolean {
  return (
    a[at] === b[at] && a[at + 1] === b[at + 1] && a[at + 2] === b[at + 2] && a[at + 3] === b[at + 3]
  )
}
