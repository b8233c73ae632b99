// SPDX-License-Identifier: MIT
// `boards`: where SMEM and its mutex are on each known SoC, or on one. It opens no source.

import { boardsReport, type TableBoard } from '../../inspect/boards.js'
import { type Run, report } from '../command.js'
import { type Column, columns, facts } from '../render/columns.js'
import type { Style } from '../render/style.js'

export const run: Run = (context, [soc]) => {
  const table = boardsReport(soc)
  report(context, table, () =>
    soc === undefined
      ? columns(table.boards, summary, context.style)
      : table.boards.map((board) => whole(board, context.style)).join('\n'),
  )
  return undefined
}

const hex = (size: number) => `0x${size.toString(16)}`
const rangeText = ({ base, size }: { base: string; size: number }) => `${base}, ${hex(size)} bytes`

const summary: Column<TableBoard>[] = [
  { title: 'SOC', cell: ({ soc }) => soc },
  { title: 'BASE', cell: ({ base }) => base ?? '-' },
  { title: 'SIZE', align: 'right', cell: ({ size }) => (size === null ? '-' : hex(size)) },
  { title: 'LOCK', cell: ({ hwlock }) => hwlock?.address ?? '-' },
  { title: 'FAMILY', cell: ({ hwlock }) => hwlock?.family ?? '-' },
  { title: 'AUXILIARY', cell: ({ auxiliary: [first] }) => first?.base ?? '-' },
  { title: 'HEAP', align: 'right', cell: ({ heap }) => (heap === null ? '?' : String(heap.major)) },
  { title: 'FOR EXAMPLE', cell: ({ examples }) => examples[0] ?? '-' },
]

function whole(board: TableBoard, style: Style): string {
  const { soc, base, size, hwlock, heap, messageRam } = board
  const trees = `${board.deviceTrees} in Linux, such as ${board.examples.join(', ')}`
  if (base === null || size === null) {
    return facts(
      [
        ['soc', soc],
        ['SMEM', 'described by none of its device trees'],
        ['device trees', trees],
      ],
      style,
    )
  }
  return facts(
    [
      ['soc', soc],
      ['SMEM', rangeText({ base, size })],
      ['node', `${board.node} (${board.style})`],
      ['auxiliary', board.auxiliary.map(rangeText).join('; ') || 'none'],
      ...(messageRam?.referenced === false
        ? [['message RAM', `${rangeText(messageRam)}: not a region of SMEM`] as const]
        : []),
      ['lock', hwlock === null ? 'none' : `${hwlock.address}: lock ${hwlock.index} of the bank`],
      ...(hwlock === null
        ? []
        : [
            ['bank', `${rangeText(hwlock.bank)}, ${hwlock.compatible} (${hwlock.family})`] as const,
          ]),
      [
        'heap',
        heap === null ? 'known only from its header' : `version ${heap.major} (${heap.basis})`,
      ],
      ['device trees', trees],
      ['source', board.source ?? '-'],
    ],
    style,
  )
}
