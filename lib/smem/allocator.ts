// SPDX-License-Identifier: MIT
// The heap plans, the lock commits: allocation, from a request to the place of the new item.

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

/** Whether an item is what an allocation of `size` bytes would have made. A TOC keeps only the rounded size. */
export function isAsAsked(item: Pick<ItemPlace, 'heap' | 'size'>, size: number): boolean {
  return item.size === size || (item.heap === 'toc' && item.size === roundUp(size, 8))
}
