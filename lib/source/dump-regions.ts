// SPDX-License-Identifier: MIT
// Regions out of a dump: their bytes are read into memory, and only they. What the dump does not have of them stays a
// hole, which is no zero but an error to whoever reads it.

import type { Board, PhysicalRange } from '../board/board.js'
import { readWhole } from '../dump/dump-file.js'
import { openDumpFile } from '../dump/format.js'
import { type PhysicalMemory, type Range, span } from '../dump/memory.js'
import { SmemError } from '../errors.js'
import { AUX_BASE_MASK, Header, TOC_ENTRIES, TocEntry, tocEntryOffset } from '../layout/header.js'
import { Reader } from '../layout/reader.js'
import { BytesPort } from '../port/bytes.js'
import { withHoles } from '../port/holes.js'
import type { MemoryPort } from '../port/port.js'
import type { Dump } from './dump.js'
import type { SourceOptions } from './source.js'

/** Message RAM has 32 KiB at most. */
const LARGEST_AUXILIARY = 1024 * 1024
/** Far beyond any region, and all regions of a board together; what claims more is broken. */
const LARGEST_REGION = 256 * 1024 * 1024

const auxiliaryLimit = {
  most: LARGEST_REGION,
  as: 'an auxiliary region',
  hint: 'name an image of that region alone; a dump of all memory is opened with --source',
}

/**
 * A region of the dump.
 * @param base its physical address, where the dump's own addresses are none
 */
export function regionPort(memory: PhysicalMemory, range: Range, base = range.base): MemoryPort {
  if (range.size > LARGEST_REGION) {
    throw new SmemError('EINVAL', `${span(range)} is far more than any carve-out`, {
      origin: 'input',
    })
  }
  // Memory of its own, not a slice of the pool: the port takes words straight from it.
  const bytes = Buffer.alloc(range.size)
  memory.readWhatIsThere(range.base, bytes)
  const port = new BytesPort(bytes, { base })
  const holes = memory.missing(range).map((hole) => ({
    offset: hole.base - range.base,
    size: hole.size,
  }))
  return holes.length === 0 ? port : withHoles(port, holes)
}

/** Auxiliary regions: files by hand, else what note, board or table of contents name and the dump has. */
export function auxiliaryPorts(
  dump: Dump,
  main: MemoryPort,
  board: Board | null,
  { aux }: SourceOptions,
): MemoryPort[] {
  if (aux !== undefined) {
    return aux.map(({ base, path }) => {
      const file = openDumpFile(path)
      try {
        return new BytesPort(readWhole(file, auxiliaryLimit), { base })
      } finally {
        file.close()
      }
    })
  }
  if (!dump.placed) return []
  const named: readonly PhysicalRange[] =
    dump.note?.regions.slice(1) ?? board?.auxiliary ?? selected(dump.memory, main)
  const there = named.filter(({ base }) => dump.memory.at(base) !== null)
  checkTogether(dump, main, there)
  return there.map((range) => regionPort(dump.memory, range))
}

/** A few words in a note may ask for any number of regions, each of which is memory of its own here. */
function checkTogether({ name }: Dump, main: MemoryPort, auxiliary: readonly Range[]): void {
  const total = auxiliary.reduce((sum, { size }) => sum + size, main.size)
  if (total <= LARGEST_REGION) return
  throw new SmemError('EINVAL', `the regions of ${name} have ${total} bytes together`, {
    origin: 'input',
    hint: `no board has more than ${LARGEST_REGION}; name the right ones with --base and --aux`,
  })
}

const entry = new Reader(TocEntry)

/** Regions that the table of contents selects: each is the piece of the dump that starts there. */
function selected(memory: PhysicalMemory, main: MemoryPort): Range[] {
  if (main.size < Header.size) return []
  const bases = new Set<number>()
  for (let id = 0; id < TOC_ENTRIES; id++) {
    const { allocated, auxBase } = entry.read(main, tocEntryOffset(id))
    const base = (auxBase & AUX_BASE_MASK) >>> 0
    if (allocated !== 0 && base !== 0) bases.add(base)
  }
  return memory.segments
    .filter(({ base }) => bases.has(base))
    .map(({ base, size }) => ({ base, size: Math.min(size, LARGEST_AUXILIARY) }))
}
