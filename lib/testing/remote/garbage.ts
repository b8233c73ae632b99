// SPDX-License-Identifier: MIT
// What broken firmware does to a heap: words that make no sense, most of them where the structures are.

import { Header } from '../../layout/header.js'
import { PTABLE_PAGE } from '../../layout/ptable.js'
import type { MemoryPort } from '../../port/port.js'
import { Random } from './random.js'

/**
 * How much nonsense, and which.
 * @see {@link RemoteProcessor.writeGarbage}
 */
export interface Garbage {
  readonly seed: number
  /** How many words are overwritten. Default 64. */
  readonly words?: number | undefined
}

/**
 * A word of nonsense.
 * @see {@link RemoteProcessor.writeGarbage}
 */
export interface GarbageWord {
  /** From the start of region 0. */
  readonly offset: number
  readonly value: number
}

/** Values that meet a boundary somewhere more often than random ones. */
const nasty = [0, 1, 4, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff, 0xa5a5a5a5]

export function writeGarbage(port: MemoryPort, { seed, words = 64 }: Garbage): GarbageWord[] {
  const random = new Random(seed)
  const last = port.size / 4 - 1
  const targets = [
    [0, Header.size / 4 - 1],
    [Math.max(0, last + 1 - PTABLE_PAGE / 4), last],
    [0, last],
  ] as const
  return Array.from({ length: words }, () => {
    const offset = random.within(random.pick(targets)) * 4
    const value = random.chance(0.5) ? random.pick(nasty) : random.word()
    port.write32(offset, value)
    return { offset, value }
  })
}
