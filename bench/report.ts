// SPDX-License-Identifier: MIT
// A report of a heap of 2 MiB with 1000 items in it, as its user waits for it: the whole program, from its start to the
// file, against a node that does nothing.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import { type Suite, timed } from './contest.js'

/** This file is build/ts/bench/report.js. */
const program = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

const ITEMS = 1000
const SECOND = 1e9

/** `node`: the command that starts it, and its first arguments. */
export function reportSuite(
  rounds: number,
  [node, ...first]: readonly string[] = [process.execPath],
): Suite {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-bench-'))
  const [image, html] = [join(folder, 'smem.bin'), join(folder, 'smem.html')]
  writeFileSync(image, buildImage(crowded()).bytes)
  const args = ['--source', `file:${image}`, 'report', '--force', '-o', html]
  return {
    contests: [
      {
        name: `report of ${ITEMS} items`,
        against: 'node -e 0',
        goal: { ns: SECOND },
        count: 1,
        rounds,
        ours: timed(() => ended(node!, [...first, program, ...args]) + statSync(html).size),
        reference: timed(() => ended(node!, [...first, '-e', '0'])),
      },
    ],
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** The partitions of an SDM845 with all that they hold, and as many more items as it takes. */
export function crowded(): ImageDescription {
  const described = findProfile('sdm845').describe()
  const partitions = described.partitions ?? []
  const seen = partitions.filter((each) => each.global || [each.host0, each.host1].includes(0))
  const known = seen.reduce((sum, { items = [] }) => sum + items.length, 0)
  return {
    ...described,
    itemCount: 512 + ITEMS,
    partitions: partitions.map((partition) => {
      if (partition.global !== true) return partition
      const more = Array.from({ length: ITEMS - known }, (_, i) => {
        return { id: 512 + i, data: noise(32 + ((i * 37) % 800)) }
      })
      return { ...partition, items: [...(partition.items ?? []), ...more] }
    }),
  }
}

function noise(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (i * 2654435761) >>> 13)
}

function ended(command: string, args: readonly string[]): number {
  const { status, stderr, stdout } = spawnSync(command, args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
  return stdout.length
}
