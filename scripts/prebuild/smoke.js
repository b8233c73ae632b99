// SPDX-License-Identifier: MIT
// Run by the Node of a target, under an emulator where that is another processor: loads the binary that
// QCOM_SMEM_BINDING names, in this thread and in a second one, lists a fake SoC and allocates in it under its mutex.
// Prints one line.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { isMainThread, Worker } from 'node:worker_threads'
import { Smem } from '../../dist/index.js'
import { loadNative } from '../../dist/native/load.js'

const { architecture, libc } = loadNative()
assert.equal(architecture, process.arch)

const smem = Smem.open({ source: 'fake', writable: true })
const before = [...smem.items()].length
assert.ok(before > 10, `${before} items`)
smem.alloc(400, 64)
assert.equal([...smem.items()].length, before + 1)
smem.close()

if (isMainThread) {
  const [code] = await once(new Worker(new URL(import.meta.url)), 'exit')
  assert.equal(code, 0)
  const { bun, node } = process.versions
  const runtime = bun ? `Bun ${bun}` : `Node ${node}`
  console.log(`${before} items, on ${architecture} with ${libc}, ${runtime}`)
}
