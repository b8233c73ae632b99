// SPDX-License-Identifier: MIT
// `partitions`: the partition table, with the state of each header that may be read.

import { hostName } from '../../data/hosts.js'
import { type ListedPartition, partitionsReport } from '../../inspect/partitions.js'
import { openHeap } from '../../smem.js'
import { openSource } from '../../source/open.js'
import { type Run, report, warn } from '../command.js'
import { type Column, columns } from '../render/columns.js'
import { printable } from '../render/style.js'

export const run: Run = (context) => {
  const source = openSource(context.source)
  try {
    warn(context, source)
    const listed = partitionsReport(openHeap(source, context.source))
    report(context, listed, () => columns(listed.partitions, table, context.style))
    return undefined
  } finally {
    source.close()
  }
}

const hex = (value: number) => `0x${value.toString(16)}`
const known = (value: number | null) => (value === null ? '-' : hex(value))

const table: Column<ListedPartition>[] = [
  { title: '#', align: 'right', cell: ({ index }) => String(index) },
  {
    title: 'HOSTS',
    cell: ({ global, host0, host1 }) =>
      global ? 'global' : `${hostName(host0) ?? host0}, ${hostName(host1) ?? host1}`,
  },
  { title: 'ADDRESS', cell: ({ address }) => address },
  { title: 'OFFSET', align: 'right', cell: ({ offset }) => hex(offset) },
  { title: 'SIZE', align: 'right', cell: ({ size }) => hex(size) },
  { title: 'LINE', align: 'right', cell: ({ cacheline }) => String(cacheline) },
  { title: 'UNCACHED', align: 'right', cell: ({ freeUncached }) => known(freeUncached) },
  { title: 'CACHED', align: 'right', cell: ({ freeCached }) => known(freeCached) },
  { title: 'FREE', align: 'right', cell: ({ free }) => (free === null ? '-' : String(free)) },
  {
    title: '',
    cell: ({ error }) => (error === null ? '' : `${error.code}: ${printable(error.message)}`),
  },
]
