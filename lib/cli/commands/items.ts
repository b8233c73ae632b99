// SPDX-License-Identifier: MIT
// `items`: what is known of each item id, of all or of one. It opens no source.

import { itemFacts } from '../../data/item-facts.js'
import { type ItemsReport, itemsReport, type KnownItem, reportOn } from '../../inspect/items.js'
import { Decoders } from '../../items/decoders.js'
import { parseItem, usage } from '../arguments.js'
import { type Run, report } from '../command.js'
import { type Column, columns, facts } from '../render/columns.js'
import type { Style } from '../render/style.js'

export const run: Run = (context, [wanted]) => {
  const decoders = new Decoders(context.source.decoders)
  const known = wanted === undefined ? itemsReport(decoders) : reportOn([find(wanted)], decoders)
  report(context, known, () =>
    wanted === undefined
      ? columns(known.items, table(context.style), context.style)
      : whole(known, context.style),
  )
  return undefined
}

function find(text: string) {
  const id = parseItem(text)
  const found = itemFacts(id)
  if (found !== null) return found
  throw usage(`no public source names item ${id}`, 'qcom-smem items lists those that are known')
}

const table = (style: Style): Column<KnownItem>[] => [
  { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'DECODER', cell: ({ decoders }) => decoders.join(' or ') || '-', paint: style.green },
  { title: 'HOLDS', cell: holds },
]

/** In one line, with everything that one could look for in it. */
function holds({ readings: [usual, ...others], aliases }: KnownItem): string {
  const also = aliases.length === 0 ? '' : ` (also ${aliases.map(({ name }) => name).join(', ')})`
  const or = others.map((other) => `; or ${other.name}: ${other.holds}`).join('')
  return usual!.holds + also + or
}

function whole({ items: [item] }: ItemsReport, style: Style): string {
  const { id, name, kind, readings, aliases, tell, namesakes, decoders } = item!
  const [usual, ...others] = readings
  return facts(
    [
      ['item', `${id} (0x${id.toString(16)}), ${kind}`],
      ['name', name],
      ['holds', usual!.holds],
      ['source', usual!.lists],
      ...aliases.map((alias) => ['also', `${alias.name} (${alias.lists})`] as const),
      ...others.flatMap((other) => [
        ['or', `${other.name}: ${other.holds}`] as const,
        ['source', other.lists] as const,
      ]),
      ...(tell === null ? [] : [['to tell', tell] as const]),
      ...namesakes.map(
        (other) => ['not', `item ${other.id}, so called in ${other.lists}`] as const,
      ),
      ['decoder', decoders.join(', or ') || 'none: shown as bytes'],
    ],
    style,
  )
}
