// SPDX-License-Identifier: MIT
// Where in a dump SMEM lies, and its auxiliary regions: the first that knows says it. A snapshot's note; an address by
// hand; the board by name or device tree; the dump itself, by the signature of the header.

import type { Board } from '../board/board.js'
import { type Candidate, examine, hasTable, headerAt } from '../dump/candidate.js'
import { end, type PhysicalMemory, type Range, span } from '../dump/memory.js'
import type { CapturedRegion } from '../dump/note.js'
import { scanFirst } from '../dump/scan.js'
import { hexAddress, SmemError } from '../errors.js'
import { PTABLE_PAGE } from '../layout/ptable.js'
import type { Dump } from './dump.js'
import type { SourceOptions } from './source.js'

export interface Location {
  /** Of region 0, in the addresses of the dump. */
  readonly main: Range
  readonly warnings: readonly string[]
}

/** Larger files are not taken for the image of a carve-out: the largest that is known has 2 MiB. */
const LARGEST_IMAGE = 16 * 1024 * 1024
/** As most boards have it; for SMEM that does not say how large it is. */
const USUAL_SIZE = 2 * 1024 * 1024

/** @throws SmemError EINVAL, ENODEV with origin `input` where the dump has no SMEM, or none where it should be */
export function locate(dump: Dump, board: Board | null, options: SourceOptions): Location {
  const { memory, note, placed, raw } = dump
  if (note !== null) return known(dump, note.regions[0])
  if (raw && isImage(memory)) return image(dump, memory.segments[0]!)
  if (!raw && options.base !== undefined) {
    return known(dump, sized(memory, options.base, board?.carveOut))
  }
  // A board that an image is too small for was not what its address is from.
  if (placed && board !== null && !(raw && memory.at(board.carveOut.base) === null)) {
    return known(dump, board.carveOut)
  }
  const told: string[] = []
  const warn = (warning: string) => told.push(warning)
  const found = scanFirst(memory, { placed, progress: options.progress, warn })
  const [best, ...others] = found
  if (best !== undefined) {
    const { main, warnings } = chosen(dump, best, others)
    return { main, warnings: [...told, ...warnings] }
  }
  // What is small enough to be an image is opened as one: the heap says what is wrong with it.
  if (raw && memory.size <= LARGEST_IMAGE) return known(dump, memory.segments[0]!)
  throw new SmemError('ENODEV', `no SMEM was found in the ${memory.size} bytes of ${dump.name}`, {
    origin: 'input',
    hint: raw
      ? 'a piece of a split ramdump? Open all of it with --source dir:PATH'
      : 'say where it lies: --base ADDR, --board SOC or --dtb FILE',
  })
}

/** An image of a carve-out starts with its header. */
function isImage(memory: PhysicalMemory): boolean {
  const { base } = memory.segments[0]!
  return memory.size <= LARGEST_IMAGE && headerAt(memory, base) !== null
}

/** All of a file, unless SMEM itself says that it ends before. */
function image(dump: Dump, whole: Range): Location {
  const own = hasTable(dump.memory, whole) ? null : examine(dump.memory, whole.base, false)
  if (own?.sure !== 'certain' || own.size === null) return known(dump, whole)
  const more = `${dump.name} goes on for ${whole.size - own.size} bytes behind SMEM`
  const { main, warnings } = known(dump, { base: whole.base, size: own.size })
  return { main, warnings: [...warnings, more] }
}

function known({ memory, name, note }: Dump, { base, size }: Range): Location {
  const main = { base, size }
  const missing = memory.missing(main)
  if (missing[0]?.base === base) {
    const has = memory.segments.slice(0, 8).map(span).join(', ')
    throw new SmemError('EINVAL', `${name} has nothing of SMEM at ${hexAddress(base)}`, {
      origin: 'input',
      address: base,
      hint: `it has ${has}${memory.segments.length > 8 ? ' and more' : ''}`,
    })
  }
  // What a snapshot left out on purpose is said in its note.
  const unexpected = missing.filter((hole) => !isLeftOut(hole, note?.regions[0]))
  const warnings = unexpected.map((hole) => `a part of SMEM is not in the dump: ${span(hole)}`)
  return { main, warnings }
}

function isLeftOut({ base, size }: Range, region: CapturedRegion | undefined): boolean {
  return (
    region?.holes.some((hole) => region.base + hole.offset === base && hole.size === size) === true
  )
}

/** The region at an address, as large as it says itself, else the board, else as usual. */
function sized(memory: PhysicalMemory, base: number, carveOut: Range | undefined): Range {
  const size = examine(memory, base, true)?.size
  if (size != null) return { base, size }
  if (carveOut?.base === base) return carveOut
  const segment = memory.at(base)
  return { base, size: segment === null ? USUAL_SIZE : upTo(end(segment) - base) }
}

function chosen(dump: Dump, best: Candidate, others: readonly Candidate[]): Location {
  const { address } = best
  const size = best.size ?? upTo(end(dump.memory.at(address)!) - address)
  const rivals = others.filter(({ sure }) => sure === best.sure)
  const before = address - dump.memory.segments[0]!.base
  const warnings = [
    ...(dump.raw && before > 0
      ? [`${dump.name} does not start with SMEM: it was found ${before} bytes into the file`]
      : []),
    ...(best.sure === 'possible'
      ? [`what is at ${hexAddress(address)} may not be SMEM: ${best.evidence.join('; ')}`]
      : []),
    ...(rivals.length > 0
      ? [
          `SMEM at ${hexAddress(address)} is taken; there is more that looks like it: qcom-smem find`,
        ]
      : []),
  ]
  const { main, warnings: gaps } = known(dump, { base: address, size })
  return { main, warnings: [...warnings, ...gaps] }
}

function upTo(size: number): number {
  return Math.max(PTABLE_PAGE, Math.min(size, USUAL_SIZE))
}
