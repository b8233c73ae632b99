// SPDX-License-Identifier: MIT
// A process that wants to allocate in a fake SoC while somebody else has the lock, and exits before it gets it:
// from its event loop, or while one of its threads waits.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Smem } from '#lib/smem.js'

const [path, where] = process.argv.slice(2) as [string, string]

if (where === 'loop') {
  const smem = Smem.open({ source: `fake:${path}`, writable: true, lockTimeout: 60000 })
  const allocated = smem.allocAsync(300, 8)
  allocated.then(
    () => process.exit(1),
    () => process.exit(1),
  )
} else {
  const worker = new Worker(new URL('./allocating-thread.js', import.meta.url), {
    workerData: { path, first: 300, last: 300 },
  })
  await once(worker, 'message')
}
setImmediate(() => process.exit(7))
