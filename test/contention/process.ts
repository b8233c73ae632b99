// SPDX-License-Identifier: MIT
// A process with two threads, which do all the work: passes on what it hears. Its argument is the number of the
// first of them.

import { Worker } from 'node:worker_threads'
import type { Answer, Call } from './messages.js'

const first = Number(process.argv[2])
const workers = [first, first + 1].map(
  (thread) => new Worker(new URL('./thread.js', import.meta.url), { workerData: { thread } }),
)
for (const worker of workers) {
  worker.on('message', (answer: Answer) => process.send!(answer))
  worker.on('error', (error) => {
    throw error
  })
}
process.on('message', (call: Call) => {
  for (const worker of workers) worker.postMessage(call)
})
process.on('disconnect', () => process.exit())
