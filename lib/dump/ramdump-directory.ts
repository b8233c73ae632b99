// SPDX-License-Identifier: MIT
// A split ramdump: one file for each memory of the SoC (DDRCS0_0.BIN, MSGRAM.BIN, OCIMEM.BIN, ...), as boot loaders
// send them after a crash, in one directory with a list of where they belong.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fromSystemError, SmemError } from '../errors.js'
import { openDumpFile } from './format.js'
import { type Listed, loadLists } from './load-list.js'
import { end, PhysicalMemory, type Segment } from './memory.js'
import { readStart } from './regular-file.js'

export interface Ramdump {
  readonly memory: PhysicalMemory
  /** One sentence each: pieces that are listed, and not there or not whole. */
  readonly warnings: readonly string[]
}

/** A list has a line for each piece; what is larger is something else. */
const LONGEST_LIST = 1024 * 1024

/** A file at an address, as the user names it. */
export interface GivenSegment {
  readonly base: number
  readonly path: string
}

/**
 * @param given pieces named by hand; a bare file name is one of the directory. Without any, the list there counts.
 * @throws SmemError with origin `input`
 */
export function openRamdump(directory: string, given: readonly GivenSegment[]): Ramdump {
  const names = namesIn(directory)
  const segments: Segment[] = []
  const warnings: string[] = []
  try {
    if (given.length > 0) {
      for (const { base, path } of given) segments.push(segmentOf(pathOf(directory, path), base))
    } else {
      openListed(directory, names, segments, warnings)
    }
    const pieces = given.length > 0 ? segments : outermost(segments)
    return { memory: new PhysicalMemory(pieces), warnings }
  } catch (error) {
    for (const { file } of segments) file.close()
    throw error
  }
}

/** Pieces that cannot be had are told; SMEM may well be in the others. */
function openListed(
  directory: string,
  names: readonly string[],
  segments: Segment[],
  warnings: string[],
): void {
  const { list, pieces } = listed(directory, names)
  const gone = pieces.filter((piece) => nameOf(piece, names) === undefined)
  for (const piece of pieces) {
    const name = nameOf(piece, names)
    if (name === undefined) continue
    try {
      const segment = segmentOf(join(directory, name), piece.base)
      const whole = piece.size ?? segment.size
      if (segment.size < whole) {
        warnings.push(
          `${name} has only ${segment.size} of the ${whole} bytes that ${list} tells of`,
        )
      }
      segments.push({ ...segment, size: Math.min(segment.size, whole) })
    } catch (error) {
      if (!(error instanceof SmemError)) throw error
      warnings.push(`left out: ${error.message}`)
    }
  }
  if (segments.length === 0) {
    throw refused(
      `none of the files that ${list} tells of can be read in ${directory}`,
      'copy the .BIN files there, next to the list',
    )
  }
  if (gone.length > 0) {
    const which = gone.map(({ name }) => name).join(', ')
    warnings.push(`${list} tells of files that are not there: ${which}`)
  }
}

function listed(
  directory: string,
  names: readonly string[],
): { list: string; pieces: readonly Listed[] } {
  const empty: string[] = []
  for (const { name, parse } of loadLists) {
    const list = names.find((each) => each.toLowerCase() === name)
    if (list === undefined) continue
    const pieces = parse(readStart(join(directory, list), LONGEST_LIST).toString('latin1'))
    if (pieces.length > 0) return { list, pieces }
    empty.push(list)
  }
  const lists = loadLists.map(({ name }) => name).join(' and no ')
  const pieces = names.filter((name) => /\.bin$/i.test(name))
  const none = empty.length > 0 ? `${empty.join(' and ')} there list no .BIN file` : `no ${lists}`
  throw refused(
    `${directory} does not say what is where: ${none}`,
    pieces.length > 0
      ? `say it for each file that matters: --segment ADDR=${pieces.sort()[0]}`
      : 'a split ramdump is a directory with DDRCS0_0.BIN and the like',
  )
}

/** Lists and directories may differ in case, having gone through another system. */
function nameOf({ name }: Listed, names: readonly string[]): string | undefined {
  return names.includes(name)
    ? name
    : names.find((each) => each.toLowerCase() === name.toLowerCase())
}

function pathOf(directory: string, path: string): string {
  return /[\\/]/.test(path) ? path : join(directory, path)
}

function segmentOf(path: string, base: number): Segment {
  const file = openDumpFile(path)
  return { base, size: file.size, file, position: 0 }
}

/** Small pieces of a larger one, such as the reset status in DRAM, are sent on their own as well. */
function outermost(segments: readonly Segment[]): Segment[] {
  return segments.filter((inner) => {
    const isPart = segments.some(
      (outer) => outer.base <= inner.base && end(inner) <= end(outer) && inner.size < outer.size,
    )
    if (isPart) inner.file.close()
    return !isPart
  })
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch (error) {
    throw fromSystemError(error, `read the directory ${directory}`, {
      origin: 'input',
      hint: 'name the directory of a split ramdump; a file is opened with --source file:PATH',
    })
  }
}

function refused(message: string, hint: string): SmemError {
  return new SmemError('EINVAL', message, { origin: 'input', hint })
}
