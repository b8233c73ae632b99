// SPDX-License-Identifier: MIT
// `snapshot -o FILE`: all of SMEM into an ELF core, for later and for other machines.

import { type Compression, compress, compressionOf } from '../../dump/compression.js'
import { checkNewFile, writeNewFile } from '../../dump/new-file.js'
import { type Snapshot, snapshotReport, takeSnapshot } from '../../inspect/snapshot.js'
import { openSource } from '../../source/open.js'
import { usage } from '../arguments.js'
import { type Context, jsonText, type Run } from '../command.js'
import { version } from '../version.js'

const tool = { name: 'qcom-smem', version }

export const run: Run = (context, _args, { output, force }) => {
  if (typeof output !== 'string' || output === '') {
    throw usage('a snapshot needs a file to go to', 'qcom-smem snapshot -o smem.elf')
  }
  const toStdout = output === '-'
  if (toStdout && context.json) {
    throw usage('both the snapshot and its report want the standard output', 'leave out --json')
  }
  const options = { replace: force === true }
  // Before any memory is read: a board can be slow, and a mistyped name is not.
  if (!toStdout) checkNewFile(output, options)
  const snapshot = take(context)
  const compression = compressionOf(output)
  const bytes = compression === null ? snapshot.bytes : compress(snapshot.bytes, compression)
  if (toStdout) context.out(bytes)
  else writeNewFile(output, bytes, options)
  tell(context, snapshot, { file: output, size: bytes.length, compression })
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
  const { file, size, compression, note } = report
  const packed = compression === null ? '' : `, ${compression}`
  say(`wrote ${file === '-' ? 'to the standard output' : file}: ${size} bytes${packed}`)
  for (const { kind, base, size, holes } of note.regions) {
    const left = holes.reduce((sum, hole) => sum + hole.size, 0)
    const without = left === 0 ? '' : `, but ${left} that only others may touch`
    say(`  ${kind} ${base}, ${size} bytes${without}`)
  }
}
