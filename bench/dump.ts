// SPDX-License-Identifier: MIT
// Dumps of all memory: how fast they are looked through, against a tool that only reads them; and how long it takes to
// list SMEM out of one of 4 GiB.

import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDumpFile } from '#lib/dump/format.js'
import { PhysicalMemory } from '#lib/dump/memory.js'
import { scanPages } from '#lib/dump/scan.js'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import { type Suite, timed } from './contest.js'

/** This file is build/ts/bench/dump.js. */
const program = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

const MIB = 2 ** 20
const GIGABYTE_PER_SECOND = 1

export interface DumpSizes {
  /** Bytes of a dump that is full, and is looked through. */
  readonly full: number
  /** Bytes of a sparse dump, out of which SMEM is listed. */
  readonly sparse: number
}

/** `node`: the command that starts it, and its first arguments. */
export function dumpSuite(
  rounds: number,
  { full, sparse }: DumpSizes,
  [node, ...first]: readonly string[] = [process.execPath],
): Suite {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-bench-'))
  const { bytes } = buildImage(findProfile('sdm845').describe())
  const noise = Buffer.from(Uint32Array.from({ length: MIB / 4 }, (_, i) => i * 2654435761).buffer)
  const dump = makeDump(join(folder, 'full'), full, (fd) => {
    for (let at = 0; at < full; at += MIB) writeSync(fd, noise, 0, MIB, at)
    writeSync(fd, bytes, 0, bytes.length, full / 2)
  })
  const holes = makeDump(join(folder, 'sparse'), sparse, (fd) => {
    writeSync(fd, bytes, 0, bytes.length, sparse / 2)
  })
  return {
    contests: [
      {
        name: `find in ${full / MIB} MiB`,
        against: 'cat | wc -c',
        goal: { ns: full / GIGABYTE_PER_SECOND },
        count: 1,
        rounds,
        ours: timed(() => lookThrough(dump)),
        reference: timed(() => ended('sh', ['-c', 'cat "$1" | wc -c', 'sh', dump])),
      },
      {
        name: `list of a sparse dump, ${sparse / MIB} MiB`,
        against: 'node -e 0',
        goal: { ns: 3e9 },
        count: 1,
        rounds,
        ours: timed(() => ended(node!, [...first, program, '--source', `file:${holes}`, 'list'])),
        reference: timed(() => ended(node!, [...first, '-e', '0'])),
      },
    ],
    close: () => rmSync(folder, { recursive: true }),
  }
}

function makeDump(path: string, size: number, fill: (fd: number) => void): string {
  const fd = openSync(path, 'w')
  ftruncateSync(fd, size)
  fill(fd)
  closeSync(fd)
  return path
}

function lookThrough(path: string): number {
  const file = openDumpFile(path)
  const memory = new PhysicalMemory([{ base: 0, size: file.size, file, position: 0 }])
  const found = scanPages(memory, { placed: false })
  memory.close()
  if (found.length !== 1) throw new Error(`${found.length} found where there is one SMEM`)
  return found.length
}

function ended(command: string, args: readonly string[]): number {
  const { status, stderr, stdout } = spawnSync(command, args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
  return stdout.length
}
