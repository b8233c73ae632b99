// SPDX-License-Identifier: MIT
// Looks for SMEM in a dump that does not say where it is: by the words of its header that are the same in every one
// of them. Carve-outs start at round addresses; who wants only the one that is in use looks at those first.

import {
  type Candidate,
  examine,
  looksLikeHeader,
  SIGNATURE_END,
  SIGNATURE_START,
  type Sureness,
} from './candidate.js'
import { pageAligned } from './direct-file.js'
import type { DumpBytes } from './dump-file.js'
import { end, type PhysicalMemory, type Segment } from './memory.js'
import { TablePages } from './table-pages.js'

export interface ScanOptions {
  /** Whether the addresses of the memory are physical ones. */
  readonly placed: boolean
  /** Told how many bytes of how many have been looked through. */
  readonly progress?: ((done: number, total: number, doing: string) => void) | undefined
  /** Told one sentence where not everything that looks like a header was examined. */
  readonly warn?: ((warning: string) => void) | undefined
}

interface Scanned {
  /** The surest first. */
  readonly candidates: Candidate[]
  /** How many more places there are with the words of a header. */
  readonly left: number
}

/** Addresses of headers in a part of a segment. */
type Look = (segment: Segment, from: number, to: number) => Iterable<number>

/** Most carve-outs start at a whole MiB, all that are known at a multiple of 128 KiB. */
const ROUND = [1024 * 1024, 64 * 1024]
/** Protection units and kernels deal in pages. */
const PAGE = 4096
/** Read at once: large enough for a disk, small enough for the caches of a processor. */
const CHUNK = 1024 * 1024
/** What has a handful of them by chance has one that is right; more are there to keep us busy. */
const MOST_EXAMINED = 1024

/**
 * The best candidates that can be had without reading everything: at round addresses where one there is sure enough,
 * else as `scanPages`. The surest first.
 */
export function scanFirst(memory: PhysicalMemory, options: ScanOptions): Candidate[] {
  for (const stride of ROUND) {
    const scanned = scan(memory, stride, options, looking(stride))
    if (scanned.candidates.some(({ sure }) => sure !== 'possible')) return told(scanned, options)
  }
  return scanPages(memory, options)
}

/** Reads nothing but the words in question, which is fast also where the file is not cached. */
function looking(stride: number): Look {
  const bytes = new Uint8Array(SIGNATURE_END)
  const words = new Uint32Array(bytes.buffer)
  return function* ({ file, position, base }, from, to) {
    for (let at = from; at + SIGNATURE_END <= to; at += stride) {
      file.read(position + at - base + SIGNATURE_START, bytes.subarray(SIGNATURE_START))
      if (looksLikeHeader(words, 0)) yield at
    }
  }
}

/** Candidates at the start of any page, the surest first. Reads everything. */
export function scanPages(memory: PhysicalMemory, options: ScanOptions): Candidate[] {
  const bytes = pageAligned(CHUNK)
  const words = new Uint32Array(bytes.buffer)
  const direct = new Map<DumpBytes, DumpBytes>()
  for (const { file } of memory.segments) {
    if (!direct.has(file)) direct.set(file, file.readThrough())
  }
  try {
    const scanned = scan(memory, PAGE, options, function* ({ file, position, base }, from, to) {
      direct.get(file)!.read(position + from - base, bytes.subarray(0, to - from))
      for (let at = 0; at + SIGNATURE_END <= to - from; at += PAGE) {
        if (looksLikeHeader(words, at / 4)) yield from + at
      }
    })
    return told(scanned, options)
  } finally {
    for (const file of direct.values()) file.close()
  }
}

function scan(
  memory: PhysicalMemory,
  stride: number,
  { placed, progress }: ScanOptions,
  look: Look,
): Scanned {
  const found: number[] = []
  const total = memory.size
  let before = 0
  for (const segment of memory.segments) {
    let from = Math.ceil(segment.base / stride) * stride
    while (from < end(segment)) {
      const to = Math.min(from + CHUNK, end(segment))
      found.push(...look(segment, from, to))
      from = to
      progress?.(before + to - segment.base, total, 'looking for SMEM')
    }
    before += segment.size
  }
  // Only now: what is read in a row makes the system read ahead, in steps that the search would follow to the end.
  const tables = new TablePages(memory, 0)
  const candidates = roundest(found)
    .flatMap((address) => examine(memory, address, placed, tables) ?? [])
    .sort((a, b) => rank[a.sure] - rank[b.sure] || a.address - b.address)
  return { candidates, left: Math.max(found.length - MOST_EXAMINED, 0) }
}

/** As many as are examined: where there are more, those where a carve-out is likely to start. */
function roundest(addresses: number[]): number[] {
  if (addresses.length <= MOST_EXAMINED) return addresses
  return addresses.sort((a, b) => roundness(b) - roundness(a) || a - b).slice(0, MOST_EXAMINED)
}

/** The largest power of two that divides an address, as far as it matters. */
function roundness(address: number): number {
  const low = address % ROUND[0]!
  return low === 0 ? ROUND[0]! : low & -low
}

function told({ candidates, left }: Scanned, { warn }: ScanOptions): Candidate[] {
  if (left > 0) {
    warn?.(
      `${MOST_EXAMINED + left} places look like the header of SMEM: ${MOST_EXAMINED} at the roundest addresses were examined`,
    )
  }
  return candidates
}

const rank: Record<Sureness, number> = { certain: 0, likely: 1, possible: 2 }
