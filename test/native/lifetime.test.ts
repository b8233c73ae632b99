// SPDX-License-Identifier: MIT
// The pages of a mapping go by close(), with the last of its functions, or with the thread that made it,
// also where that thread is terminated in the middle of a loop. Use after close is EBADF, never a crash.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { closeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { assertThrows, mappedPages, native, withMemfd } from './memory.js'

const SIZE = 65536
const closed = { code: 'EBADF', errno: -9, syscall: undefined }

function map(name: string) {
  return withMemfd(SIZE, (fd) => native.map(fd, 4096, SIZE - 4096, true), name)
}

/** Collects garbage until nothing named `name` is mapped; finalizers run between the rounds. */
async function collect(name: string): Promise<void> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  for (let round = 0; round < 50 && mappedPages(name).length > 0; round++) {
    gc()
    await setImmediate()
  }
}

/** A thread that works on the memfd until it is terminated; resolves when it has begun. */
async function startWorker(work: string, fd: number): Promise<Worker> {
  const worker = new Worker(new URL('worker.js', import.meta.url), { workerData: { work, fd } })
  await once(worker, 'message')
  return worker
}

describe('native close', () => {
  it('gives the pages back at once', () => {
    const memory = map('closed-at-once')
    assert.equal(mappedPages('closed-at-once').length, 1)
    memory.close()
    assert.equal(mappedPages('closed-at-once').length, 0)
  })

  it('may be called twice, and detached', () => {
    const { close } = map('closed-twice')
    close()
    assert.equal(close(), undefined)
  })

  it('makes every access EBADF, with the address', () => {
    const memory = map('used-after-close')
    memory.close()
    const one = new Uint32Array(1)
    assertThrows(() => memory.read32(8), { ...closed, address: 4096 + 8 })
    assertThrows(() => memory.write32(8, 1), { ...closed, address: 4096 + 8 })
    assertThrows(() => memory.readWords(0, one), { ...closed, address: 4096 })
    assertThrows(() => memory.writeWords(0, one), { ...closed, address: 4096 })
    assertThrows(() => memory.read32(Number.NaN), closed)
  })

  it('leaves another mapping of the same memory alone', () => {
    withMemfd(SIZE, (fd) => {
      const [one, two] = [native.map(fd, 0, SIZE, true), native.map(fd, 0, SIZE, true)]
      one.write32(0, 5)
      one.close()
      assert.equal(two.read32(0), 5)
      two.close()
    })
  })
})

describe('native garbage collection', () => {
  it('unmaps what nobody can reach, and only that', async () => {
    const kept = map('kept')
    for (let i = 0; i < 10; i++) map('dropped')
    assert.equal(mappedPages('dropped').length, 10)
    await collect('dropped')
    assert.equal(mappedPages('dropped').length, 0)
    assert.equal(mappedPages('kept').length, 1)
    kept.close()
  })

  it('keeps the pages for a function that lives on alone', async () => {
    let { read32 }: { read32: ((offset: number) => number) | undefined } = map('one-function')
    map('its-neighbour')
    await collect('its-neighbour')
    assert.equal(read32(0), 0)
    read32 = undefined
    await collect('one-function')
    assert.equal(mappedPages('one-function').length, 0)
  })

  it('collects a closed mapping without harm', async () => {
    for (let i = 0; i < 10; i++) map('closed-first').close()
    map('closed-first')
    await collect('closed-first')
    assert.equal(mappedPages('closed-first').length, 0)
  })
})

describe('native in worker threads', () => {
  it('counts in one memory, each thread in its word', async () => {
    const fd = native.createMemfd('four-threads', SIZE)
    const workers = await Promise.all([0, 1, 2, 3].map(() => startWorker('count', fd)))
    const memory = native.map(fd, 0, SIZE, true)
    await Promise.all(
      workers.map(async (worker, index) => {
        worker.postMessage(index)
        const [code] = await once(worker, 'exit')
        assert.equal(code, 0)
      }),
    )
    const counts = new Uint32Array(4)
    memory.readWords(0, counts)
    assert.deepEqual([...counts], [1000, 1000, 1000, 1000])
    memory.close()
    closeSync(fd)
    assert.equal(mappedPages('four-threads').length, 0)
  })

  for (const work of ['read', 'copy', 'store', 'refuse', 'map', 'closed']) {
    it(`survives the end of threads that ${work} without end`, async () => {
      const fd = native.createMemfd(`ended-${work}`, SIZE)
      for (let round = 0; round < 3; round++) {
        const workers = await Promise.all([startWorker(work, fd), startWorker(work, fd)])
        assert.deepEqual(await Promise.all(workers.map((worker) => worker.terminate())), [1, 1])
      }
      assert.equal(mappedPages(`ended-${work}`).length, 0)
      closeSync(fd)
    })
  }
})
