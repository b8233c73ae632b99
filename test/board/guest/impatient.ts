// SPDX-License-Identifier: MIT
// Runs in the guest while the kernel locks for long stretches: allocates with little patience until that is
// once too little, and then with much. Arguments: the file that makes the kernel go on, first
// id, how many ids with little patience at most, how many with much. Prints the refusal, and how long
// the patient ones waited at most.

import { rmSync, writeFileSync } from 'node:fs'
import { Smem, SmemError } from '#lib/index.js'

const [go = '', ...numbers] = process.argv.slice(2)
const [first = 0, impatient = 0, patient = 0] = numbers.map(Number)
const SIZE = 64
/** Without it the first allocation would check all of memory, and there are eight million items here. */
const UNCHECKED = { force: true }
const PATIENCE_MS = 5
/** Between two tries: all of them together outlast the kernel's way to its lock. */
const PAUSE_MS = 5
const nobody = new Int32Array(new SharedArrayBuffer(4))

let id = first
let refusal: Record<string, unknown> | null = null
const hasty = Smem.open({ writable: true, lockTimeout: PATIENCE_MS })
writeFileSync(go, '')
while (refusal === null && id < first + impatient) {
  try {
    hasty.alloc(id++, SIZE, UNCHECKED)
    Atomics.wait(nobody, 0, 0, PAUSE_MS)
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    const { code, message, host, hint } = error
    refusal = { code, message, host, hint }
  }
}
hasty.close()

const smem = Smem.open({ writable: true, lockTimeout: PATIENCE_MS * 2000 })
let longest = 0
for (let left = patient; left > 0; left--) {
  const start = performance.now()
  smem.alloc(id++, SIZE, UNCHECKED)
  longest = Math.max(longest, performance.now() - start)
}
rmSync(go)
smem.close()
console.log(JSON.stringify({ refusal, longest }))
