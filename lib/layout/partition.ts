// SPDX-License-Identifier: MIT
// A partition: a header, then uncached items growing up and cached items growing down towards each other.
// Source: Linux drivers/soc/qcom/smem.c, struct smem_partition_header and smem_private_entry.

import { array, reserved, u16, u32 } from './scalar.js'
import { type Of, struct } from './struct.js'

/** Bytes "$PRT". */
export const PARTITION_MAGIC = 0x54525024

/** Both hosts of the global partition of version 12. */
export const GLOBAL_HOST = 0xfffe

export const PartitionHeader = struct('partition header', {
  magic: u32,
  host0: u16,
  host1: u16,
  size: u32,
  /** End of the uncached items. */
  freeUncached: u32,
  /** Start of the cached items; equal to `size` when there are none. */
  freeCached: u32,
  hostsBitmap: array(u32, 2),
  reserved: reserved(4),
})
export type PartitionHeader = Of<typeof PartitionHeader>

export const CANARY = 0xa5a5

/** `size` is the payload with its padding; `size - paddingData` is what the client asked for. */
export const PrivateEntry = struct('item header', {
  canary: u16,
  item: u16,
  size: u32,
  paddingData: u16,
  /** Gap between this header and the data, 0 on the uncached side. */
  paddingHdr: u16,
  reserved: reserved(4),
})
export type PrivateEntry = Of<typeof PrivateEntry>

/** `value` rounded up to a multiple of `unit`; in full-width arithmetic, so that nothing wraps. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit
}

/** Bytes between the end of a cached item's data and the next: its header, aligned to the cache line. */
export function cachedHeaderSpan(cacheline: number): number {
  return roundUp(PrivateEntry.size, cacheline)
}
