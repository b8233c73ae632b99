// SPDX-License-Identifier: MIT
// The heaps that are fought for: a fresh SoC for each round, of either version, with a partition that is soon full.

import { Host } from '#lib/data/hosts.js'
import type { ImageDescription } from '#lib/testing/description.js'

export interface Arena {
  readonly description: ImageDescription
  /** Item ids that are asked for. */
  readonly ids: readonly [first: number, last: number]
  /** In partitions, ids from here on are cached: who allocates on one side only does not look at the other. */
  readonly cachedFrom: number
  /** Bytes that are asked for. */
  readonly sizes: readonly [least: number, most: number]
  /** Where our threads allocate, each as often as it is named. */
  readonly hosts: readonly (number | null)[]
  /** Milliseconds; a heap that is full ends the round before. */
  readonly length: number
}

const base = 0x86000000
const sizes = [1, 64] as const
const { APPS, MODEM, ADSP, WCN } = Host
const shared = (host: number, size: number) => ({ host0: APPS, host1: host, size, cacheline: 64 })

/** As many ids as a round can use: the global partition, and private ones. */
const wide: Arena = {
  description: {
    version: 12,
    base,
    size: 0x1400000,
    itemCount: 60000,
    partitions: [
      { global: true, size: 0x600000 },
      shared(MODEM, 0x600000),
      shared(ADSP, 0x600000),
      shared(WCN, 0x2000),
    ],
  },
  ids: [9, 59999],
  cachedFrom: 50000,
  sizes,
  hosts: [null, null, null, MODEM, MODEM, MODEM, ADSP, ADSP, ADSP, WCN],
  length: 400,
}

/** A table of contents has 512 entries, and this one little space. */
const narrow: Arena = {
  description: {
    version: 11,
    base,
    size: 0x46000,
    partitions: [shared(MODEM, 0x20000), shared(ADSP, 0x20000), shared(WCN, 0x1000)],
  },
  ids: [9, 511],
  cachedFrom: 400,
  sizes,
  hosts: [null, null, MODEM, ADSP, WCN],
  length: 400,
}

/** By the number of the round. */
export function arenaOf(round: number): Arena {
  return round % 8 === 1 ? narrow : wide
}
