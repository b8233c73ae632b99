// SPDX-License-Identifier: MIT
// The words that tell whether a heap has grown, or was set up anew: the heap info, the head of the partition table,
// and the header of each partition that is ours. An allocation moves a free offset, always the same way; whoever
// empties a heap moves it back. Sources: Linux drivers/soc/qcom/smem.c.

import type { Heap } from '../../heap/heap.js'
import { isGlobal, type PartitionEntry, remoteHost } from '../../heap/partition-table.js'
import { AVAILABLE, FREE_OFFSET, Header, HeapInfo } from '../../layout/header.js'
import { PartitionHeader } from '../../layout/partition.js'
import { PTABLE_PAGE, PtableHeader } from '../../layout/ptable.js'
import type { SampleImage, Span } from './image.js'

/**
 * Bytes left in one heap.
 * @see {@link Sampler}
 */
export interface Space {
  /** Remote host of a private partition; null for the global heap. */
  readonly host: number | null
  readonly free: number
}

/** Offsets of words, in bytes from the start of a span. */
interface Words {
  /** Never change while the heap stays. */
  readonly fixed: readonly number[]
  /** Only grow, and shrink. */
  readonly up: readonly number[]
  readonly down: readonly number[]
  /** What is left, where this span tells. */
  space?(bytes: Buffer): number
}

interface Part extends Words {
  readonly host: number | null
  readonly span: Span
}

const at = HeapInfo.offsets
const heapInfo: Words = { fixed: [at.initialized, at.reserved], up: [], down: [] }
const tocInfo: Words = {
  ...heapInfo,
  up: [FREE_OFFSET - Header.offsets.heapInfo],
  space: (bytes) => bytes.readUInt32LE(AVAILABLE - Header.offsets.heapInfo),
}
const { magic, version, numEntries } = PtableHeader.offsets
const table: Words = { fixed: [magic, version, numEntries], up: [], down: [] }
const { freeUncached, freeCached, ...header } = PartitionHeader.offsets
const partition: Words = {
  // Both hosts share a word.
  fixed: [header.magic, header.host0, header.size],
  up: [freeUncached],
  down: [freeCached],
  space: (bytes) => bytes.readUInt32LE(freeCached) - bytes.readUInt32LE(freeUncached),
}

export class Structure {
  readonly #parts: readonly Part[]
  /** Remote hosts that have a partition. */
  readonly hosts: ReadonlySet<number>

  constructor({ regions: [main], version: { major }, table: ptable, options }: Heap) {
    const { port } = main
    const { localHost = 0 } = options
    const part = (host: number | null, offset: number, size: number, words: Words): Part => {
      return { host, span: { port, offset, size, zone: null }, ...words }
    }
    const entries = (ptable?.entries ?? []).flatMap((entry) => {
      const host = hostOf(entry, localHost)
      return host === undefined ? [] : [{ entry, host }]
    })
    const parts = [
      part(null, Header.offsets.heapInfo, HeapInfo.size, major === 11 ? tocInfo : heapInfo),
      part(null, port.size - PTABLE_PAGE, PtableHeader.size, table),
      ...entries.map(({ entry, host }) =>
        part(host, entry.offset, PartitionHeader.size, partition),
      ),
    ]
    this.#parts = parts.filter(
      ({ span: { offset, size } }) => offset >= 0 && offset + size <= port.size,
    )
    this.hosts = new Set(entries.flatMap(({ host }) => host ?? []))
  }

  get spans(): Span[] {
    return this.#parts.map(({ span }) => span)
  }

  /** What is left in each heap, global first; out of order in a heap that is. */
  spaces(bytesOf: (span: Span) => Buffer): Space[] {
    return this.#parts.flatMap(({ host, span, space }) =>
      space === undefined ? [] : [{ host, free: space(bytesOf(span)) }],
    )
  }

  /** Whether any word differs. */
  changed(image: SampleImage): boolean {
    return this.#parts.some(({ span }) => image.changed(span))
  }

  /** The heaps that are not the ones of the sample before. */
  replaced(image: SampleImage): Set<number | null> {
    const hosts = new Set<number | null>()
    for (const { host, span, fixed, up, down } of this.#parts) {
      if (!image.changed(span)) continue
      const [before, now] = [image.before(span), image.now(span)]
      const grew = (word: number) => now.readUInt32LE(word) - before.readUInt32LE(word)
      const replaced =
        fixed.some((word) => grew(word) !== 0) ||
        up.some((word) => grew(word) < 0) ||
        down.some((word) => grew(word) > 0)
      if (replaced) hosts.add(host)
    }
    return hosts
  }
}

/** Whose partition that is: null for everybody's, undefined where it is none of ours. */
function hostOf(entry: PartitionEntry, localHost: number): number | null | undefined {
  return isGlobal(entry) ? null : (remoteHost(entry, localHost) ?? undefined)
}
