// SPDX-License-Identifier: MIT
// The note of a snapshot: what the memory itself does not tell, as JSON in the PT_NOTE of its ELF core. Who reads one
// back trusts nothing in it: docs/json.md has its fields, and what is not as described there is refused.

import type { Board, CarveOut, HwlockWord, PhysicalRange } from '../board/board.js'
import { hexAddress, SmemError } from '../errors.js'
import type { Stretch } from '../port/port.js'
import { JsonFields } from './json-fields.js'

/** Name of the note, by which it is found among others. */
export const NOTE_NAME = 'QCOM-SMEM'
/** Bytes "SMEM". A small number would do as well, but debuggers take 1 for registers, whatever the name. */
export const NOTE_TYPE = 0x4d454d53
const SCHEMA = 'qcom-smem/snapshot@1'

/** Far more than any board has to tell. */
const LONGEST_NOTE = 1024 * 1024

export interface CapturedRegion extends PhysicalRange {
  readonly kind: 'main' | 'aux'
  /** What is not in the snapshot: ascending, apart from each other, inside the region. */
  readonly holes: readonly Stretch[]
}

export interface SnapshotNote {
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly time: string
  /** Name of the machine that took it. */
  readonly host: string
  /** Release and machine of its kernel; null where the memory was not this machine's own. */
  readonly kernel: string | null
  /** As in `info`: `live`, `fake:sdm845`. */
  readonly source: string
  /** It was taken while processors ran. */
  readonly live: boolean
  /** Main SMEM first. */
  readonly regions: readonly [CapturedRegion, ...CapturedRegion[]]
  /** Whose partitions are in it; those of others too with `foreign`. */
  readonly localHost: number
  readonly foreign: boolean
  readonly board: Board | null
  /** SMEM's mutex word; `owner` is null where it may not be read. */
  readonly hwlock: { readonly address: number; readonly owner: number | null } | null
  /** The heap changed each time that it was read: its structures may not fit together. */
  readonly torn: boolean
}

export function encodeNote(note: SnapshotNote): Buffer {
  return Buffer.from(JSON.stringify(noteJson(note)))
}

/** The note as it is written. */
export function noteJson(note: SnapshotNote) {
  const { tool, time, host, kernel, source, live, regions, localHost, foreign } = note
  const { board, hwlock, torn } = note
  return {
    schema: SCHEMA,
    ...{ tool, time, host, kernel, source, live },
    regions: regions.map(({ kind, base, size, holes }) => ({
      kind,
      base: hexAddress(base),
      size,
      holes: holes.map(({ offset, size }) => ({ offset, size })),
    })),
    ...{ localHost, foreign },
    board: board && encodeBoard(board),
    hwlock: hwlock && { address: hexAddress(hwlock.address), owner: hwlock.owner },
    torn,
  } as const
}

/** @throws SmemError EINVAL, with the origin `input`, for anything that is no note of a snapshot */
export function decodeNote(bytes: Uint8Array): SnapshotNote {
  try {
    const note = new JsonFields(parse(bytes))
    const schema = note.text('schema')
    if (schema !== SCHEMA) {
      throw new SmemError('EINVAL', `its schema is ${schema}; ${SCHEMA} is known`, {
        hint: 'another version of qcom-smem wrote it',
      })
    }
    return decoded(note)
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const { message, hint = 'take the snapshot again, or give --base to read it as a plain core' } =
      error
    throw new SmemError('EINVAL', `the note of this snapshot is broken: ${message}`, {
      origin: 'input',
      cause: error,
      hint,
    })
  }
}

function parse(bytes: Uint8Array): unknown {
  if (bytes.length > LONGEST_NOTE) throw refused(`it has ${bytes.length} bytes`)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw refused(`it is no JSON: ${(error as Error).message}`)
  }
}

function decoded(note: JsonFields): SnapshotNote {
  const tool = note.object('tool')
  return {
    tool: { name: tool.text('name'), version: tool.text('version') },
    time: note.text('time'),
    host: note.text('host'),
    kernel: note.orNull('kernel', () => note.text('kernel')),
    source: note.text('source'),
    live: note.flag('live'),
    regions: decodeRegions(note.objects('regions')),
    localHost: note.count('localHost', 0xffff),
    foreign: note.flag('foreign'),
    board: note.orNull('board', () => decodeBoard(note.object('board'))),
    hwlock: note.orNull('hwlock', () => decodeHwlock(note.object('hwlock'))),
    torn: note.flag('torn'),
  }
}

function decodeRegions(fields: readonly JsonFields[]): SnapshotNote['regions'] {
  const [main, ...auxiliary] = fields.map(decodeRegion)
  if (main?.kind !== 'main' || auxiliary.some(({ kind }) => kind !== 'aux')) {
    throw refused('regions are not one main region and then auxiliary ones')
  }
  return [main, ...auxiliary]
}

function decodeRegion(fields: JsonFields): CapturedRegion {
  const { base, size } = decodeRange(fields)
  if (size === 0) throw refused(`the region at ${hexAddress(base)} is empty`)
  let end = 0
  const holes = fields.objects('holes').map((hole) => {
    const { offset, size: length } = { offset: hole.count('offset'), size: hole.count('size') }
    if (length === 0 || offset < end || offset + length > size) {
      throw refused(
        `the holes of the region at ${hexAddress(base)} are not one after the other in it`,
      )
    }
    end = offset + length
    return { offset, size: length }
  })
  return { kind: fields.word('kind', ['main', 'aux']), base, size, holes }
}

function decodeRange(fields: JsonFields): PhysicalRange {
  const base = fields.address('base')
  return { base, size: fields.count('size', 2 ** 53 - base) }
}

function decodeHwlock(fields: JsonFields): SnapshotNote['hwlock'] {
  const owner = fields.orNull('owner', () => fields.count('owner', 0xffffffff))
  return { address: fields.address('address'), owner }
}

const encodeRange = ({ base, size }: PhysicalRange) => ({ base: hexAddress(base), size })

function encodeBoard({ model, compatible, soc, carveOut, auxiliary, hwlock }: Board) {
  const { node, noMap } = carveOut
  return {
    ...{ model, compatible, soc },
    carveOut: { ...encodeRange(carveOut), node, noMap },
    auxiliary: auxiliary.map(encodeRange),
    hwlock: hwlock && encodeMutex(hwlock),
  }
}

function encodeMutex({ family, bank, index, address, form }: HwlockWord) {
  return { family, bank: encodeRange(bank), index, address: hexAddress(address), form }
}

function decodeBoard(fields: JsonFields): Board {
  return {
    model: fields.orNull('model', () => fields.text('model')),
    compatible: fields.texts('compatible'),
    soc: fields.orNull('soc', () => fields.text('soc')),
    carveOut: decodeCarveOut(fields.object('carveOut')),
    auxiliary: fields.objects('auxiliary').map(decodeRange),
    hwlock: fields.orNull('hwlock', () => decodeMutex(fields.object('hwlock'))),
  }
}

function decodeCarveOut(fields: JsonFields): CarveOut {
  return { ...decodeRange(fields), node: fields.text('node'), noMap: fields.flag('noMap') }
}

function decodeMutex(fields: JsonFields): HwlockWord {
  return {
    family: fields.text('family'),
    bank: decodeRange(fields.object('bank')),
    index: fields.count('index', 0xffff),
    address: fields.address('address'),
    form: fields.word('form', ['reg', 'syscon']),
  }
}

function refused(problem: string): SmemError {
  return new SmemError('EINVAL', problem)
}
