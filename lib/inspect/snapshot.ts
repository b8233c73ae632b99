// SPDX-License-Identifier: MIT
// A snapshot: all of SMEM that may be seen, as it was at one moment, in an ELF core that debuggers open, with a note
// of where it comes from. Processors go on meanwhile: the copy is made anew where an allocation came in between.

import { hostname, machine, release } from 'node:os'
import type { Compression } from '../dump/compression.js'
import { ElfCore, noteSize, type Piece } from '../dump/elf-writer.js'
import {
  type CapturedRegion,
  encodeNote,
  NOTE_NAME,
  NOTE_TYPE,
  noteJson,
  type SnapshotNote,
} from '../dump/note.js'
import { between, untouchable } from '../heap/holes.js'
import { Publication } from '../heap/publication.js'
import { Header } from '../layout/header.js'
import { PTABLE_PAGE } from '../layout/ptable.js'
import { copyOut } from '../port/copy.js'
import type { MemoryPort } from '../port/port.js'
import { type SmemOptions, viewOf } from '../smem.js'
import type { Source } from '../source/source.js'

export interface SnapshotOptions extends Pick<SmemOptions, 'localHost'> {
  /** Who takes it. */
  readonly tool: SnapshotNote['tool']
  /** How often the heap is read where it changes each time. Default 16. */
  readonly tries?: number | undefined
}

export interface Snapshot {
  /** The ELF core. */
  readonly bytes: Uint8Array
  readonly note: SnapshotNote
  /** How often the heap was read. */
  readonly tries: number
  /** What the user should know, one sentence each. */
  readonly warnings: readonly string[]
}

export interface SnapshotReport {
  readonly schema: 'qcom-smem/snapshot-report@1'
  readonly file: string
  /** Of the file, bytes. */
  readonly size: number
  readonly compression: Compression | null
  readonly tries: number
  readonly warnings: readonly string[]
  /** As in the file. */
  readonly note: ReturnType<typeof noteJson>
}

const TRIES = 16

/** A piece of memory and where it is read. */
interface Copied extends Piece {
  readonly port: MemoryPort
  readonly offset: number
}

/** @throws SmemError EINVAL where two regions overlap, EPERM as `viewOf` */
export function takeSnapshot(source: Source, options: SnapshotOptions): Snapshot {
  const { tool, tries = TRIES } = options
  const regions = capturedRegions(source, options)
  const pieces = piecesOf(source, regions)
  const known = { ...describe(source, options), tool, regions }
  const core = new ElfCore(pieces, noteSize(NOTE_NAME, encodeNote(known)))
  const [main] = source.regions
  const publication = new Publication(main.port, regions[0].holes)
  let tried = 0
  let torn: boolean
  do {
    for (const [i, { port, offset }] of pieces.entries()) copyOut(port, offset, core.memory(i))
    tried++
    torn = !publication.hasHeld()
  } while (torn && tried < tries)
  // "true" is shorter than "false": there is room.
  const note = { ...known, torn: torn || known.torn }
  core.note(NOTE_NAME, NOTE_TYPE, encodeNote(note))
  return {
    bytes: core.bytes,
    note,
    tries: tried,
    warnings: warnings(source, note, torn ? tried : 0),
  }
}

/** What was written, as data. */
export function snapshotReport(
  { note, tries, warnings }: Snapshot,
  file: Pick<SnapshotReport, 'file' | 'size' | 'compression'>,
): SnapshotReport {
  const schema = 'qcom-smem/snapshot-report@1'
  return { schema, ...file, tries, warnings, note: noteJson(note) }
}

function capturedRegions(source: Source, options: SnapshotOptions): SnapshotNote['regions'] {
  const view = viewOf(source, options)
  const captured = ({ kind, port }: Source['regions'][number]): CapturedRegion => ({
    kind,
    base: port.base,
    size: port.size,
    holes: kind === 'main' ? untouchable(port, view) : (port.holes ?? []),
  })
  const [main, ...auxiliary] = source.regions
  return [captured(main), ...auxiliary.map(captured)]
}

function piecesOf({ regions: ports }: Source, regions: SnapshotNote['regions']): Copied[] {
  return regions
    .flatMap(({ base, size, holes }, i) =>
      between(holes, size).map((stretch) => {
        return { ...stretch, base: base + stretch.offset, port: ports[i]!.port }
      }),
    )
    .sort((a, b) => a.base - b.base)
}

/** What is known before the first word is copied. The mutex is looked at once. */
function describe(source: Source, options: SnapshotOptions) {
  const { board, captured } = source
  const { localHost = 0, foreign = false } = viewOf(source, options)
  const hwlock = board?.hwlock ?? null
  return {
    ...(captured === null ? origin(source) : originOf(captured)),
    ...{ localHost, foreign, board },
    hwlock: hwlock && { address: hwlock.address, owner: source.hwlockOwner() },
    torn: captured?.torn ?? false,
  }
}

function origin({ name, live }: Source) {
  return {
    time: new Date().toISOString(),
    host: hostname(),
    kernel: name === 'live' ? `${release()} ${machine()}` : null,
    source: name,
    live,
  }
}

/** A copy of a snapshot is as old as that is, and from there. */
function originOf({ time, host, kernel, source, live }: SnapshotNote) {
  return { time, host, kernel, source, live }
}

/** `torn`: how often the heap was read in vain. */
function warnings(source: Source, { regions }: SnapshotNote, torn: number): string[] {
  const told = [...source.warnings]
  const [main] = regions
  const copied = between(main.holes, main.size).reduce((sum, { size }) => sum + size, 0)
  if (main.holes.length > 0 && copied <= Header.size + PTABLE_PAGE) {
    told.push(
      'only header and partition table are in the snapshot: the table does not say whose the rest is',
    )
  }
  if (torn > 0) {
    told.push(
      `the heap changed each of the ${torn} times that it was read: the snapshot is torn, its structures may not fit together`,
    )
  }
  return told
}
