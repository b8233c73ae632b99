// SPDX-License-Identifier: MIT
// What this project promises of its speed and size, and what stands in the way where a machine does not keep a
// promise. Suites name the goal that a contest is judged by; the page tells the rest.

export interface Goal {
  /** Whether `limit` is for the ratio to the rival, for each time, or for how far each is above the rival's. */
  readonly by: 'ratio' | 'each' | 'above'
  /** At most; in the contest's unit but for ratios. */
  readonly limit: number
  readonly says: string
  /** Beside a miss. */
  readonly unmet?: string
}

const US = 1e3
const MS = 1e6
const MB = 1e6

export const goals = {
  cachedGet: {
    by: 'ratio',
    limit: 3,
    says: 'a get that finds what was found before: at most 3 times C',
    unmet:
      'both take a few nanoseconds: the share of the loop around them differs from machine to machine',
  },
  firstGet: {
    by: 'each',
    limit: 150,
    says: 'the first get of an item: at most 150 ns',
    unmet:
      'half of it is the native call with its fence, most of the rest the two objects that are made; every round ' +
      'opens a new Smem, which finds the processor cold',
  },
  privateGet: {
    by: 'ratio',
    limit: 1 / 20,
    says: 'a get in a partition of 2000 items: at least 20 times faster than the walk in C',
  },
  privateGrowth: {
    by: 'ratio',
    limit: 3,
    says: 'a get does not depend on the number of items: among 2000 at most 3 times as long as among 20',
    unmet: 'the walk is gone, the caches are not: 2000 items do not fit where 20 do',
  },
  listing: { by: 'each', limit: 10 * US, says: 'listing 512 items again: under 10 us' },
  listingPython: {
    by: 'ratio',
    limit: 1 / 5,
    says: 'listing 512 items again: at least 5 times faster than python3',
  },
  copy: {
    by: 'ratio',
    limit: 1 / 0.9,
    says: 'a snapshot of 2 MiB by aligned words: at least 90 % of the speed of memcpy',
    unmet: 'memcpy takes 32 or 64 bytes a step, Device memory allows 4 or 8',
  },
  alloc: {
    by: 'each',
    limit: 5 * US,
    says: 'an allocation with nobody else about: under 5 us',
    unmet: 'half of it are four system calls, two for the file lock and two for the signals',
  },
  hold: { by: 'each', limit: 2 * US, says: 'the mutex held by a commit, median: at most 2 us' },
  mutexCall: {
    by: 'each',
    limit: 50,
    says: 'native work of taking or releasing the mutex: at most 50 ns',
  },
  start: {
    by: 'ratio',
    limit: 1.3,
    says: '`list` from start to end: at most 1.3 times a node that does nothing',
    unmet: 'what is left is compiling the program and loading the native module',
  },
  memory: {
    by: 'above',
    limit: 15 * MB,
    says: '`list` at its largest: at most 15 MB more than a node that does nothing',
  },
  report: { by: 'each', limit: 1000 * MS, says: 'a report of 1000 items: under 1 s' },
  search: { by: 'each', limit: 512 * 2 ** 20, says: 'looking through a dump: at least 1 GB/s' },
  dump: { by: 'each', limit: 3000 * MS, says: '`list` of a sparse dump of 4 GiB: under 3 s' },
  dumpMemory: {
    by: 'each',
    limit: 200 * MB,
    says: '`list` of a sparse dump of 4 GiB: under 200 MB of memory',
  },
  scrape: { by: 'each', limit: 5 * MS, says: 'a scrape by Prometheus: at most 5 ms' },
  look: {
    by: 'each',
    limit: 5 * MS,
    says: 'a look of the live page: at most 5 ms, which is 5 % of a processor at 10 Hz',
  },
  watch: {
    by: 'each',
    limit: 0.05,
    says: 'watching 200 items at 100 Hz: at most 5 % of a processor',
  },
} as const satisfies Record<string, Goal>
