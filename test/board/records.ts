// SPDX-License-Identifier: MIT
// What has to stand in memory for items that were foretold, whoever allocated them: their own records and the
// ends of the heaps, word for word. Shares nothing with the library. Source: the kernel's
// drivers/soc/qcom/smem.c.

import assert from 'node:assert/strict'
import { entryOf, type Placed } from './heap.js'
import type { Image } from './image.js'
import { hex } from './machine.js'

/** Compares memory with what was foretold; returns how many records there were. */
export function checkRecords(image: Image, carveOut: Buffer, items: readonly Placed[]): number {
  for (const item of items) {
    const { at, words } = entryOf(item)
    compare(carveOut, at, words, `item ${item.id} of ${item.host ?? 'the global heap'}`)
  }
  const heaps = new Set([image.global, ...image.partitions])
  for (const heap of heaps) {
    const { at, words } = heap.ends()
    compare(carveOut, at, words, `the ends of the heap at offset ${hex(at)}`)
  }
  return items.length + heaps.size
}

function compare(memory: Buffer, at: number, words: readonly number[], what: string): void {
  const found = words.map((_, index) => memory.readUInt32LE(at + index * 4))
  assert.deepEqual(found.map(hex), words.map(hex), what)
}
