// SPDX-License-Identifier: MIT
// What the methods of an open SMEM can be told beside the item that is meant.

import type { Smem } from '../smem.js'

/**
 * Whose heap is meant.
 * @see {@link Smem.get}
 */
export interface HostOptions {
  /** Remote host of a private partition. A host without one is served by the global heap. */
  host?: number | undefined
}

/**
 * Which heap to look in, and how.
 * @see {@link Smem.get}
 */
export interface GetOptions extends HostOptions {
  /**
   * Look it up afresh and under the hardware lock, where somebody is known not to publish in order. Needs an Smem
   * that is open `writable`: taking the lock is a store.
   */
  locked?: boolean | undefined
}

/**
 * Where to allocate, and how.
 * @see {@link Smem.alloc}
 */
export interface AllocOptions extends HostOptions {
  /** On the cached side of a partition, its data aligned to the cache line. */
  cached?: boolean | undefined
  /** Zero the new item's bytes before it is published. Takes as long as the item is large, under the lock. */
  zero?: boolean | undefined
  /** Also in a heap that is not sound, also item 8 and size 0. */
  force?: boolean | undefined
  /** `'ok'`: an item of this size that is there already is as good as a new one. */
  existing?: 'ok' | undefined
}

/**
 * Where to allocate, how, and for how long to wait for the lock.
 * @see {@link Smem.allocAsync}
 */
export interface AllocAsyncOptions extends AllocOptions {
  signal?: AbortSignal | undefined
}
