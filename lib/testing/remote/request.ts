// SPDX-License-Identifier: MIT
// What a remote processor is asked to allocate, and what it says it has.

/**
 * Which item.
 * @see {@link RemoteProcessor.find}
 */
export interface RemoteLookup {
  readonly id: number
  /**
   * The other end of a private partition, as this processor sees it: 0 is apps to the modem, 1 the modem to the
   * kernel. Without it, or where there is no such partition, the global heap.
   */
  readonly host?: number | undefined
  readonly cached?: boolean | undefined
}

/**
 * What is to be allocated.
 * @see {@link RemoteProcessor.alloc}
 */
export interface RemoteRequest extends RemoteLookup {
  /** In bytes. */
  readonly size: number
}

/**
 * An item as that processor sees it.
 * @see {@link RemoteProcessor.alloc}
 */
export interface RemoteItem {
  readonly id: number
  /** Bytes: as stored in a table of contents, as asked for in a partition. */
  readonly size: number
  /** The other end of the private partition; null for a global item. */
  readonly host: number | null
  readonly cached: boolean
  /** Of the data, from the start of region 0. */
  readonly offset: number
}
