// SPDX-License-Identifier: MIT
// What all allocations have in common: the request, the ids that may be asked for, and the answer, which is a plan.
// Source: Linux drivers/soc/qcom/smem.c, qcom_smem_alloc().

import { SmemError } from '../errors.js'
import type { Plan } from '../port/plan.js'
import { checkId, type ItemPlace } from './item.js'

/**
 * What is asked of a heap.
 * @see {@link Smem.planAlloc}
 */
export interface AllocRequest {
  readonly id: number
  /** In bytes. */
  readonly size: number
  /** Remote host of a private partition. A host without one is served by the global heap. */
  readonly host?: number | undefined
  /** On the cached side of a partition, its data aligned to the cache line. */
  readonly cached?: boolean | undefined
  /** Zero the payload before it is published, word by word and under the lock. */
  readonly zero?: boolean | undefined
  /** Also in a heap that is not sound, also item 8 and size 0. Never over what is there already. */
  readonly force?: boolean | undefined
}

/**
 * An allocation that a heap would grant: what is to be stored, and what comes of it.
 * @see {@link Smem.planAlloc}
 */
export interface Allocation {
  readonly plan: Plan
  readonly refusal: null
  /** Where the item will be. */
  readonly place: ItemPlace
  /** Bytes that its data takes with padding. */
  readonly stored: number
}

/** An allocation that a heap refuses for its own state. */
export interface Refusal {
  /** Of guards only: where they hold under the lock, nobody was in the middle of something, and it is true. */
  readonly plan: Plan
  readonly refusal: SmemError
}

/** The first ids are the header's own structures. */
const FIRST_FREE_ID = 8

/** @throws SmemError EINVAL */
export function checkRequest({ id, size, host, force = false }: AllocRequest, itemCount: number) {
  const refuse = (problem: string, hint?: string) =>
    new SmemError('EINVAL', problem, { item: id, host, hint })
  checkId(id, itemCount, host)
  if (id < FIRST_FREE_ID) {
    throw refuse(`item ${id} is part of the header and cannot be allocated`)
  }
  if (id === FIRST_FREE_ID && !force) {
    throw refuse(
      'item 8 is fixed to vendor kernels and free to mainline: allocated here, it is refused there',
      'where no vendor kernel shares this heap, force it (force, --force)',
    )
  }
  if (!(Number.isInteger(size) && size >= 0 && size <= 0xffffffff)) {
    throw refuse(`${size} is no size in bytes`)
  }
  if (size === 0 && !force) {
    throw refuse(
      'an item of 0 bytes is taken for a broken entry by some firmware',
      'where no such firmware runs, force it (force, --force)',
    )
  }
}
