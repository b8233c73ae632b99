// SPDX-License-Identifier: MIT
// A user's program in a cell of the matrix: both other programs at once, each in a worker thread of one process.

import { Worker } from 'node:worker_threads'

for (const program of ['./as-module.mjs', './as-script.cjs']) {
  new Worker(new URL(program, import.meta.url))
}
