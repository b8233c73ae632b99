// SPDX-License-Identifier: MIT
// Dumps of all memory: how fast they are looked through, against a tool that only reads them; and how long it takes to
// list SMEM out of one of 4 GiB.

import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDumpFile } from '#lib/dump/format.js'
import { PhysicalMemory } from '#lib/dump/memory.js'
import { scanPages } from '#lib/dump/scan.js'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import { type Suite, timed } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { livesSuite } from '../lives.js'

const MIB = 2 ** 20

export function dumpsSuite(effort: Effort): Suite {
  const { fullDump: full, sparseDump: sparse, slowRounds: rounds } = effort
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
  const listing = {
    name: `list of a sparse dump, ${sparse / MIB} MiB`,
    args: ['--source', `file:${holes}`, 'list'],
    figures: { wall: goals.dump, peak: goals.dumpMemory },
  }
  const lives = livesSuite({ ...effort, lives: rounds }, [listing], () =>
    rmSync(folder, { recursive: true }),
  )
  return {
    contests: [
      {
        name: `find in ${full / MIB} MiB`,
        against: 'cat | wc -c',
        goal: { ...goals.search, limit: full },
        count: 1,
        rounds,
        warmUp: 1,
        ours: timed(() => lookThrough(dump)),
        reference: timed(() => ended('sh', ['-c', 'cat "$1" | wc -c', 'sh', dump])),
      },
      ...lives.contests,
    ],
    close: () => lives.close(),
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
