// SPDX-License-Identifier: MIT
// `snapshot -o FILE`: all of SMEM into an ELF core, for later and for other machines.

import { type Compression, compress, compressionOf } from '../../dump/compression.js'
import { type Snapshot, snapshotReport, takeSnapshot } from '../../inspect/snapshot.js'
import { openSource } from '../../source/open.js'
import { type Context, jsonText, type Run } from '../command.js'
import { type OutputWords, openOutput, writtenText } from '../output.js'
import { tool } from '../version.js'

const words: OutputWords = {
  missing: ['a snapshot needs a file to go to', 'qcom-smem snapshot -o smem.elf'],
  both: 'both the snapshot and its report want the standard output',
}

export const run: Run = (context, _args, options) => {
  const output = openOutput(context, options, words)
  const { file } = output
  const compression = compressionOf(file)
  const snapshot = take(context)
  const bytes = compression === null ? snapshot.bytes : compress(snapshot.bytes, compression)
  output.write(bytes)
  tell(context, snapshot, { file, size: bytes.length, compression })
  return undefined
}

function take(context: Context): Snapshot {
  const source = openSource(context.source)
  try {
    return takeSnapshot(source, { tool, localHost: context.source.localHost })
  } finally {
    source.close()
  }
}

interface Written {
  readonly file: string
  readonly size: number
  readonly compression: Compression | null
}

/** To stderr for people: stdout may be the snapshot's. */
function tell({ json, out, say }: Context, snapshot: Snapshot, written: Written): void {
  const report = snapshotReport(snapshot, written)
  if (json) {
    out(jsonText(report))
    return
  }
  for (const warning of report.warnings) say(`warning: ${warning}`)
  const { compression, note } = report
  const packed = compression === null ? '' : `, ${compression}`
  say(`${writtenText(report)}${packed}`)
  for (const { kind, base, size, holes } of note.regions) {
    const left = holes.reduce((sum, hole) => sum + hole.size, 0)
    const without = left === 0 ? '' : `, but ${left} that only others may touch`
    say(`  ${kind} ${base}, ${size} bytes${without}`)
  }
}
