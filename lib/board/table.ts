// SPDX-License-Identifier: MIT
// Boards by the name of their SoC, for dumps that come without a device tree. On a running machine the tree decides,
// and this is a cross-check: boot firmware may place SMEM elsewhere than the kernel's own trees say.

import type { BoardRow, Span } from '../data/board-rows.js'
import { lockFamilies } from '../data/lock-families.js'
import { nearest } from '../data/nearest.js'
import { boardRows } from '../data/tables/boards.js'
import { hexAddress, SmemError } from '../errors.js'
import type { Board, HwlockWord, PhysicalRange } from './board.js'

const PREFIX = 'qcom,'
/** SMEM's lock in its bank, on every board of the table. */
const LOCK_INDEX = 3

/** Every row of a SoC, several where its boards differ; none for an unknown one. */
export function rowsOfSoc(soc: string): readonly BoardRow[] {
  const wanted = spelled(soc)
  return boardRows.filter((row) => row.soc === wanted)
}

/**
 * The board that a row describes; null where its device trees describe no SMEM.
 * It has the SoC's name only: what the table knows is true of all boards with that SoC.
 */
export function boardOfRow(row: BoardRow): Board | null {
  const { soc, smem, node, messageRam, messageRamUnused } = row
  if (smem === undefined) return null
  return {
    model: null,
    compatible: [soc],
    soc,
    carveOut: { ...range(smem), node: node!, noMap: true },
    auxiliary: messageRam === undefined || messageRamUnused === true ? [] : [range(messageRam)],
    hwlock: hwlockOfRow(row),
  }
}

/**
 * The board of `qcom,sdm845` or `sdm845`; `msm8226@0x0fa00000` where a SoC has SMEM here or there.
 * @throws SmemError EINVAL with origin `input` for a SoC that is unknown, is there with several
 * places of SMEM, or has none in the table
 * @example
 * ```ts
 * import { boardOfSoc } from 'qcom-smem'
 *
 * const { carveOut, hwlock } = boardOfSoc('sdm845')
 * console.log(carveOut.base.toString(16), carveOut.size) // 86000000 2097152
 * console.log(hwlock?.family, hwlock?.index) // tcsr 3
 * ```
 */
export function boardOfSoc(name: string): Board {
  const [, soc = '', place] = /^([^@]*)(?:@(.*))?$/.exec(name) ?? []
  const rows = rowsOfSoc(soc)
  if (rows.length === 0) throw unknownSoc(soc)
  const boards = rows.flatMap((row) => boardOfRow(row) ?? [])
  const chosen =
    place === undefined ? boards : boards.filter((board) => board.carveOut.base === Number(place))
  const [only] = chosen
  if (only !== undefined && chosen.length === 1) return only
  const names = boards.map((board) => `${shortName(soc)}@${hexAddress(board.carveOut.base)}`)
  if (boards.length === 0) {
    throw failure(
      `the device trees of ${spelled(soc)} describe no SMEM`,
      'give the place with --base, or a device tree with --dtb',
    )
  }
  throw place === undefined
    ? failure(
        `boards with ${spelled(soc)} have SMEM in several places`,
        `write ${names.join(' or ')}`,
      )
    : failure(`${spelled(soc)} has no SMEM at "${place}"`, `the table has ${names.join(' and ')}`)
}

/** Every SoC of the table once, without `qcom,`. */
export function knownSocs(): string[] {
  return [...new Set(boardRows.map(({ soc }) => shortName(soc)))]
}

export function unknownSoc(name: string): SmemError {
  const similar = nearest(shortName(name), knownSocs())
  return failure(
    `there is no SoC "${name}" in the table of boards`,
    similar === null ? 'qcom-smem boards lists them' : `did you mean ${similar}?`,
  )
}

function hwlockOfRow({ mutex, bank }: BoardRow): HwlockWord | null {
  const family = lockFamilies.find((row) => (row.compatible as readonly string[]).includes(mutex!))
  if (family === undefined || bank === undefined) return null
  const address = bank[0] + family.offset + LOCK_INDEX * family.stride
  return { family: family.name, bank: range(bank), index: LOCK_INDEX, address, form: 'reg' }
}

function range([base, size]: Span): PhysicalRange {
  return { base, size }
}

function spelled(soc: string): string {
  return PREFIX + shortName(soc)
}

function shortName(soc: string): string {
  const lower = soc.toLowerCase()
  return lower.startsWith(PREFIX) ? lower.slice(PREFIX.length) : lower
}

function failure(message: string, hint: string): SmemError {
  return new SmemError('EINVAL', message, { origin: 'input', hint })
}
