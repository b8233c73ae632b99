// SPDX-License-Identifier: MIT
// Does the device tree put SMEM where Linux's own trees for this SoC do? The tree of the machine decides; but a
// tree made for other boot firmware, or by hand, is the first thing to suspect when nothing else is wrong.

import type { Board, PhysicalRange } from '../../board/board.js'
import { boardOfRow, rowsOfSoc } from '../../board/table.js'
import { hexAddress } from '../../errors.js'
import { ok, unknown, type Verdict, warning } from './finding.js'
import type { Machine } from './machine.js'

export function boardTable({ board }: Machine): Verdict {
  if (board === null) return unknown('there is no board to look up in the table')
  const soc = board.compatible.findLast((name) => rowsOfSoc(name).length > 0)
  if (soc === undefined) {
    return unknown('the table of boards does not have this SoC', [
      `/proc/device-tree/compatible: ${board.compatible.join(', ') || 'empty'}`,
    ])
  }
  const known = rowsOfSoc(soc).flatMap((row) => boardOfRow(row) ?? [])
  const [nearest] = known
    .map((other) => differences(board, other))
    .sort((a, b) => a.length - b.length)
  if (nearest === undefined) {
    return unknown(`Linux's device trees for ${soc} describe no SMEM to compare with`)
  }
  if (nearest.length === 0) {
    return ok(`SMEM is where Linux's device trees for ${soc} have it`, [
      `table of boards: ${soc}, ${rangeText(board.carveOut)}`,
    ])
  }
  return warning(
    `SMEM is not where Linux's device trees for ${soc} have it`,
    nearest,
    'the device tree of this machine is believed; if the heap makes no sense, check that it was made for this boot firmware',
  )
}

/** One line for each fact that the machine's tree and the table do not agree on. */
function differences(here: Board, table: Board): string[] {
  const facts: [string, (board: Board) => string][] = [
    ['SMEM', ({ carveOut }) => rangeText(carveOut)],
    ['lock', ({ hwlock }) => (hwlock === null ? 'none' : hexAddress(hwlock.address))],
    ['auxiliary regions', ({ auxiliary }) => auxiliary.map(rangeText).sort().join('; ') || 'none'],
  ]
  return facts
    .filter(([, of]) => of(here) !== of(table))
    .map(([what, of]) => `${what}: ${of(here)} in /proc/device-tree, ${of(table)} in the table`)
}

function rangeText({ base, size }: PhysicalRange): string {
  return `${hexAddress(base)}, ${size} bytes`
}
