// SPDX-License-Identifier: MIT
// The heap plans, the lock commits: allocation, from a request to the place of the new item.

import { SmemError } from '../errors.js'
import type { Allocation, AllocRequest, Refusal } from '../heap/allocation.js'
import type { Heap } from '../heap/heap.js'
import type { ItemPlace } from '../heap/item.js'
import { roundUp } from '../layout/partition.js'
import type { Committed, HeapLock } from '../lock/heap-lock.js'
import type { Plan } from '../port/plan.js'

/** A plan that was executed. */
export interface Allocated extends Allocation {
  readonly committed: Committed
}

export class Allocator {
  readonly #heap: Heap
  readonly #lock: HeapLock

  constructor(heap: Heap, lock: HeapLock) {
    this.#heap = heap
    this.#lock = lock
  }

  /**
   * @param onPlan told of each plan before it is tried; the last one was executed
   * @throws SmemError as `Heap.planAlloc` and `HeapLock.commit`
   */
  alloc(request: AllocRequest, onPlan?: (planned: Allocation) => void): Allocated {
    const planning = new Planning(this.#heap, request, onPlan)
    return planning.result(this.#lock.commit(planning.prepare))
  }

  async allocAsync(request: AllocRequest, signal?: AbortSignal): Promise<Allocated> {
    const planning = new Planning(this.#heap, request)
    return planning.result(await this.#lock.commitAsync(planning.prepare, signal))
  }
}

/** One request, with the plan that was made for it last. */
class Planning {
  readonly prepare: () => Plan
  #last: Allocation | Refusal | null = null

  constructor(heap: Heap, request: AllocRequest, onPlan?: (planned: Allocation) => void) {
    this.prepare = () => {
      this.#last = heap.planAlloc(request)
      if (this.#last.refusal === null) onPlan?.(this.#last)
      return this.#last.plan
    }
  }

  result(committed: Committed): Allocated {
    const planned = this.#last!
    if (planned.refusal !== null) throw planned.refusal
    const { plan, refusal, place, stored } = planned
    return { plan, refusal, place, stored, committed }
  }
}

/**
 * The item that made an allocation fail, where it is just as that one would have made it. A TOC keeps only the
 * rounded size.
 * @throws SmemError `error` where that is not why it failed; EEXIST for an item of another size
 */
export function existingItem(heap: Heap, request: AllocRequest, error: unknown): ItemPlace {
  if (!(error instanceof SmemError && error.code === 'EEXIST')) throw error
  const { id, size, host } = request
  const item = heap.find(id, host)
  if (item.size === size || (item.heap === 'toc' && item.size === roundUp(size, 8))) return item
  throw new SmemError('EEXIST', `item ${id} is there already, with ${item.size} bytes`, {
    item: id,
    host,
    cause: error,
  })
}
