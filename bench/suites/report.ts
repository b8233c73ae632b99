// SPDX-License-Identifier: MIT
// A report of a heap of 2 MiB with 1000 items in it, as its user waits for it: the whole program, from its start to the
// file, against a node that does nothing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImageDescription } from '#lib/testing/description.js'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import type { Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { livesSuite } from '../lives.js'

const ITEMS = 1000

export function reportSuite(effort: Effort): Suite {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-bench-'))
  const [image, html] = [join(folder, 'smem.bin'), join(folder, 'smem.html')]
  writeFileSync(image, buildImage(crowded()).bytes)
  const args = ['--source', `file:${image}`, 'report', '--force', '-o', html]
  const figures = { wall: goals.report, peak: null }
  return livesSuite(effort, [{ name: `report of ${ITEMS} items`, args, figures }], () =>
    rmSync(folder, { recursive: true }),
  )
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
