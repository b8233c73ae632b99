// SPDX-License-Identifier: MIT
// `list`: every item, healthy or not.

import { hostName } from '../../data/hosts.js'
import { hasPartition, type ListedItem, listReport } from '../../inspect/list.js'
import { openHeap, Smem } from '../../smem.js'
import { parseHost } from '../arguments.js'
import { type Run, report, warn } from '../command.js'
import { type Column, columns } from '../render/columns.js'
import { servedGlobally } from '../render/host.js'
import { printable } from '../render/style.js'

export const run: Run = (context, _args, options) => {
  using smem = Smem.open(context.source)
  warn(context, smem.source)
  const host = typeof options.host === 'string' ? parseHost(options.host) : null
  const listed = listReport(
    host === null ? smem.items() : smem.items().filter((item) => item.host === host),
  )
  report(context, listed, () => columns(listed.items, table(context.style), context.style))
  if (host !== null && !hasPartition(openHeap(smem.source, context.source), host)) {
    context.say(servedGlobally(host))
  }
  if (smem.source.name.startsWith('fake')) {
    context.say(
      'This is a fake SoC. On a board: sudo qcom-smem list. For a dump: qcom-smem --source file:PATH list',
    )
  }
  return undefined
}

const table = (style: { red(text: string): string }): Column<ListedItem>[] => [
  { title: 'ID', align: 'right', cell: ({ id }) => (id === null ? '-' : String(id)) },
  { title: 'NAME', cell: ({ name }) => name ?? '-' },
  {
    title: 'HOST',
    cell: ({ host }) => (host === null ? 'global' : (hostName(host) ?? String(host))),
  },
  {
    title: 'HEAP',
    cell: ({ heap, cached }) => (cached === true ? `${heap} cached` : heap),
  },
  { title: 'ADDRESS', cell: ({ address }) => address ?? '-' },
  {
    title: 'OFFSET',
    align: 'right',
    cell: ({ offset }) => (offset === null ? '-' : `0x${offset.toString(16)}`),
  },
  { title: 'SIZE', align: 'right', cell: ({ size }) => (size === null ? '-' : String(size)) },
  {
    title: '',
    cell: ({ error }) => (error === null ? '' : `${error.code}: ${printable(error.message)}`),
    paint: (text) => style.red(text),
  },
]
