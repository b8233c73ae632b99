// SPDX-License-Identifier: MIT
// Everything that is measured, in the order of the table. A chapter has one suite; or, where something grows, one for
// each size of it.

import type { Suite } from './contest.js'
import type { Effort } from './effort.js'
import { itemsGrowth } from './growth/items.js'
import { partitionsGrowth } from './growth/partitions.js'
import { processesGrowth } from './growth/processes.js'
import { regionsGrowth } from './growth/regions.js'
import { allocationSuite } from './suites/allocation.js'
import { contentsSuite } from './suites/contents.js'
import { copiesSuite } from './suites/copies.js'
import { dumpsSuite } from './suites/dumps.js'
import { livePageSuite } from './suites/live-page.js'
import { metricsSuite } from './suites/metrics.js'
import { mutexSuite } from './suites/mutex.js'
import { partitionSuite } from './suites/partition.js'
import { reportSuite } from './suites/report.js'
import { startSuite } from './suites/start.js'
import { watchSuite } from './suites/watch.js'

export interface Chapter {
  readonly name: string
  /** One line of what is done. */
  readonly says: string
  /** Processes run where the kernel puts them, as they do for users; anything else stays on one processor. */
  readonly free?: boolean
  suite(effort: Effort): Suite | Promise<Suite>
}

/** Drawn as well: a picture for each name of a contest, a line for each rival. */
export interface Growth {
  readonly name: string
  readonly says: string
  readonly free?: boolean
  /** What grows, in words, and its sizes. */
  readonly by: string
  readonly sizes: readonly number[]
  suite(size: number, effort: Effort): Suite | Promise<Suite>
}

export const chapters: readonly Chapter[] = [
  {
    name: 'contents',
    says: 'A version-11 heap: 512 items in the table of contents, some of them in message RAM.',
    suite: contentsSuite,
  },
  { name: 'copies', says: 'Bytes and words out of 2 MiB of shared memory.', suite: copiesSuite },
  { name: 'partition', says: 'Lookups in a private partition.', suite: partitionSuite },
  {
    name: 'allocation',
    says: 'Items are made, in each kind of heap. C does all that the library does: it blocks signals, keeps local processes out, and measures.',
    suite: allocationSuite,
  },
  { name: 'mutex', says: 'The hardware mutex alone.', suite: mutexSuite },
  { name: 'metrics', says: 'What it costs a board to be scraped.', suite: metricsSuite },
  { name: 'live page', says: 'What it costs a board to be looked at.', suite: livePageSuite },
  {
    name: 'start',
    says: 'Whole processes: from their start to their end, what they take of a processor, and how large they become.',
    free: true,
    suite: startSuite,
  },
  { name: 'report', says: 'A report, written by a whole process.', free: true, suite: reportSuite },
  { name: 'dumps', says: 'Dumps of all memory.', free: true, suite: dumpsSuite },
  { name: 'watch', says: 'A watch that lasts.', free: true, suite: watchSuite },
]

export const growths: readonly Growth[] = [
  {
    name: 'items',
    says: 'One private partition that fills up. The walk is remembered, so a get does not grow with it. The first listing makes an object for each item, which C does not; the next one finds them.',
    by: 'items in the partition',
    sizes: [10, 30, 100, 300, 1000, 2000],
    suite: itemsGrowth,
  },
  {
    name: 'partitions',
    says: 'More and more remote hosts, each with a partition of 20 items. Listing again reads the free offsets of each.',
    by: 'partitions',
    sizes: [1, 2, 5, 10, 20, 40, 80],
    suite: partitionsGrowth,
  },
  {
    name: 'regions',
    says: 'A region that becomes larger, with the same few items in it. A small one lies in the caches, where the wide steps of memcpy show; a large one has to come from memory.',
    by: 'KiB in the region',
    sizes: [256, 512, 1024, 2048, 4096, 8192, 16384],
    suite: regionsGrowth,
  },
  {
    name: 'processes',
    says: 'Several processes that allocate in one partition at once, as fast as they can. They take turns at one lock: more of them are not faster, and should not be slower.',
    free: true,
    by: 'processes',
    sizes: [1, 2, 3, 4, 6, 8],
    suite: processesGrowth,
  },
]
