// SPDX-License-Identifier: MIT
// A thread that allocates in the fake SoC whose path it is given, item after item, and says when it has begun.

import { parentPort, workerData } from 'node:worker_threads'
import { Smem } from '#lib/smem.js'

const { path, first, last } = workerData as { path: string; first: number; last: number }
const smem = Smem.open({ source: `fake:${path}`, writable: true, lockTimeout: 60_000 })
parentPort!.postMessage('begun')
for (let id = first; id <= last; id++) smem.alloc(id, 24)
parentPort!.postMessage('done')
