// SPDX-License-Identifier: MIT
// A thread on the same memory. It says when it has begun; `count` ends by itself, all others work until the
// thread is terminated, with a mapping left open.

import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { native } from './memory.js'

const SIZE = 65536
const { work, fd } = workerData as { work: string; fd: number }
const memory = native.map(fd, 0, SIZE, true)
const words = new Uint32Array(SIZE / 4)

function refused(call: () => unknown): void {
  try {
    call()
  } catch {
    return
  }
  throw new Error('nothing was refused')
}

const works: Record<string, () => void> = {
  read: () => memory.read32(8),
  copy: () => memory.readWords(0, words),
  store: () => memory.writeWords(0, words),
  refuse: () => refused(() => memory.read32(SIZE)),
  map: () => native.map(fd, 0, SIZE, false).close(),
  closed: () => {
    memory.close()
    refused(() => memory.read32(0))
  },
}

parentPort?.postMessage('begun')
if (work === 'count') {
  const [index] = await once(parentPort as NonNullable<typeof parentPort>, 'message')
  for (let i = 0; i < 1000; i++) memory.write32(index * 4, memory.read32(index * 4) + 1)
  parentPort?.close()
} else {
  for (;;) works[work]?.()
}
