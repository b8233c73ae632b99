// SPDX-License-Identifier: MIT
// The table of boards as data: for each SoC where mainline's device trees put SMEM and its mutex.

import type { PhysicalRange } from '../board/board.js'
import { boardOfRow, rowsOfSoc, unknownSoc } from '../board/table.js'
import type { BoardRow } from '../data/board-rows.js'
import { boardRows, heapBases } from '../data/tables/boards.js'
import { hexAddress } from '../errors.js'

interface Range {
  readonly base: string
  readonly size: number
}

export interface TableBoard {
  readonly soc: string
  /** null, with all that depends on it, where the device trees describe no SMEM. */
  readonly base: string | null
  readonly size: number | null
  readonly node: string | null
  readonly style: 'reserved-memory' | 'memory-region' | null
  readonly hwlock: {
    readonly family: string
    readonly compatible: string
    readonly bank: Range
    readonly index: number
    readonly address: string
  } | null
  /** Regions beside the carve-out. */
  readonly auxiliary: readonly Range[]
  /** The message RAM of the SoC; not `referenced`: it is there, and is no region of SMEM. */
  readonly messageRam: (Range & { readonly referenced: boolean }) | null
  /** What public sources say of the heap in advance; null where only the header tells. */
  readonly heap: { readonly major: number; readonly basis: string } | null
  readonly deviceTrees: number
  readonly examples: readonly string[]
  /** The file of the kernel's that describes the SoC. */
  readonly source: string | null
}

export interface BoardsReport {
  readonly schema: 'qcom-smem/boards@1'
  readonly boards: readonly TableBoard[]
}

/** Of all SoCs, or of one, which can have several places of SMEM. @throws SmemError EINVAL for an unknown one */
export function boardsReport(soc?: string): BoardsReport {
  const rows = soc === undefined ? boardRows : rowsOfSoc(soc)
  if (rows.length === 0) throw unknownSoc(soc!)
  return { schema: 'qcom-smem/boards@1', boards: rows.map(tableBoard) }
}

function tableBoard(row: BoardRow): TableBoard {
  const board = boardOfRow(row)
  const { soc, node = null, style = null, mutex, messageRam, messageRamUnused, heap } = row
  const hwlock = board?.hwlock ?? null
  return {
    soc,
    base: board === null ? null : hexAddress(board.carveOut.base),
    size: board?.carveOut.size ?? null,
    node,
    style,
    hwlock:
      hwlock === null
        ? null
        : {
            family: hwlock.family,
            compatible: mutex!,
            bank: range(hwlock.bank),
            index: hwlock.index,
            address: hexAddress(hwlock.address),
          },
    auxiliary: (board?.auxiliary ?? []).map(range),
    messageRam:
      messageRam === undefined
        ? null
        : {
            ...range({ base: messageRam[0], size: messageRam[1] }),
            referenced: messageRamUnused !== true,
          },
    heap: heap === undefined ? null : { major: heap, basis: heapBases[row.heapBasis!]! },
    deviceTrees: row.boards,
    examples: row.examples,
    source: row.dtsi ?? null,
  }
}

function range({ base, size }: PhysicalRange): Range {
  return { base: hexAddress(base), size }
}
