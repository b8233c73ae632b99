// SPDX-License-Identifier: MIT
// `versions`: the build of each firmware image and the version of each protocol, in one table.

import {
  type ImageVersion,
  type ProtocolVersion,
  type VersionsReport,
  versionsReport,
} from '../../inspect/versions.js'
import { Smem } from '../../smem.js'
import { type Run, report, warn } from '../command.js'
import { type Column, columns } from '../render/columns.js'
import { printable } from '../render/style.js'

export const run: Run = (context) => {
  using smem = Smem.open(context.source)
  warn(context, smem.source)
  const found = versionsReport(smem)
  report(context, found, () => columns(rows(found), table, context.style))
  for (const { item, message } of found.errors) context.say(`item ${item} is not shown: ${message}`)
  return undefined
}

/** Cells of one line, from the left. */
type Row = readonly [kind: string, who: string, version: string, variant: string, oem: string]

function rows({ images, protocols }: VersionsReport): Row[] {
  return [...images.map(imageRow), ...protocols.map(protocolRow)]
}

function imageRow({ index, image, name, variant, oem }: ImageVersion): Row {
  return ['image', image ?? `index ${index}`, name, variant || '-', oem || '-']
}

function protocolRow({ item, protocol, index, owner, major, minor }: ProtocolVersion): Row {
  return [protocol ?? `item ${item}`, owner ?? `word ${index}`, `${major}.${minor}`, '-', '-']
}

const table: Column<Row>[] = ['OF', 'WHO', 'VERSION', 'VARIANT', 'OEM'].map((title, cell) => ({
  title,
  cell: (row) => printable(row[cell]!),
}))
