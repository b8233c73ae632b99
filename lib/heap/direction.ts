// SPDX-License-Identifier: MIT
// The two sides of a partition. Uncached items grow up from its start, each behind its header; cached items grow down
// from its end, each below its header. Offsets are from the start of the partition.
// Source: Linux drivers/soc/qcom/smem.c, uncached_entry_next() and cached_entry_next().

import { cachedHeaderSpan, PartitionHeader, PrivateEntry } from '../layout/partition.js'

/** What the way through a partition depends on, in bytes. */
interface Dimensions {
  readonly size: number
  readonly cacheline: number
}

/** Where one side begins, which way it goes, and how a header leads to its data and to the next header. */
export interface Direction {
  readonly cached: boolean
  first(partition: Dimensions): number
  /** The free offset that publishes everything up to a header at `at`. */
  behind(at: number, partition: Dimensions): number
  /** Whether a walk at `at` has arrived at the free offset `end`. */
  arrived(at: number, end: number): boolean
  data(at: number, entry: PrivateEntry): number
  next(at: number, entry: PrivateEntry, partition: Dimensions): number
}

export const uncachedSide: Direction = {
  cached: false,
  first: () => PartitionHeader.size,
  behind: (at) => at,
  arrived: (at, end) => at >= end,
  data: (at, entry) => at + PrivateEntry.size + entry.paddingHdr,
  next: (at, entry) => at + PrivateEntry.size + entry.paddingHdr + entry.size,
}

/** Only where headers and data can be kept apart: `canCache`. */
export const cachedSide: Direction = {
  cached: true,
  first: ({ size, cacheline }) => size - cachedHeaderSpan(cacheline),
  behind: (at, { cacheline }) => at + cachedHeaderSpan(cacheline),
  arrived: (at, end) => at <= end,
  data: (at, entry) => at - entry.size,
  next: (at, entry, { cacheline }) => at - entry.size - cachedHeaderSpan(cacheline),
}
