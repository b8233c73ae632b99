// SPDX-License-Identifier: MIT
// A process that allocates one item, or one after the other, and is killed meanwhile: by the module with milestones,
// or from outside. Told what to do as JSON.

import { Smem } from '#lib/smem.js'

export interface Errand {
  readonly soc: string
  readonly id: number
  readonly size: number
  readonly host?: number | undefined
  readonly cached?: boolean | undefined
  readonly zero?: boolean | undefined
  /** Goes on with the ids behind it, so many in all. */
  readonly items?: number | undefined
}

const { soc, id, size, items = 1, ...options } = JSON.parse(process.argv[2]!) as Errand
const smem = Smem.open({ source: `fake:${soc}`, writable: true })
for (let i = 0; i < items; i++) smem.alloc(id + i, size, options)
process.exit(0)
