// SPDX-License-Identifier: MIT
// The command line, from its start to its end. The first life of each makes what is kept between runs, the compiled
// program; it is not counted. One row shows what there is without.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildImage } from '#lib/testing/image.js'
import { findProfile } from '#lib/testing/profiles.js'
import type { Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'
import { livesSuite } from '../lives.js'

export function startSuite(effort: Effort): Suite {
  const folder = mkdtempSync(join(tmpdir(), 'qcom-smem-bench-'))
  const file = join(folder, 'smem.bin')
  writeFileSync(file, buildImage(findProfile('sdm845').describe()).bytes)
  const list = { wall: goals.start, cpu: null, peak: goals.memory }
  return livesSuite(
    effort,
    [
      { name: 'list of a fake SoC', args: ['--source', 'fake', 'list'], figures: list },
      {
        name: 'list of a fake SoC, nothing kept',
        args: ['--source', 'fake', 'list'],
        environment: ['NODE_DISABLE_COMPILE_CACHE=1'],
        figures: { wall: null, cpu: null },
      },
      {
        name: 'list --json of a fake SoC',
        args: ['--source', 'fake', 'list', '--json'],
        figures: { wall: goals.start, cpu: null },
      },
      { name: 'list of a dump', args: ['--source', `file:${file}`, 'list'], figures: list },
      { name: '--version', args: ['--version'], figures: { wall: null, cpu: null } },
    ],
    () => rmSync(folder, { recursive: true }),
  )
}
