// SPDX-License-Identifier: MIT
// A lookup under the lock, for heaps in which somebody does not publish in order: looked up afresh without the lock,
// then every word that this has read is compared under it. No JavaScript runs meanwhile.

import { SmemError } from '../errors.js'
import { Heap, type HeapOptions } from '../heap/heap.js'
import type { ItemPlace } from '../heap/item.js'
import type { Regions } from '../heap/region.js'
import type { HeapLock } from '../lock/heap-lock.js'
import { MOST_GUARDS, Plan } from '../port/plan.js'
import { witnessing } from '../port/witness.js'

/** @throws SmemError as `Heap.find`, which is then true under the lock as well, and as `HeapLock.commit` */
export function findLocked(
  regions: Regions,
  options: HeapOptions,
  lock: HeapLock,
  id: number,
  host?: number,
): ItemPlace {
  let found: ItemPlace | SmemError | undefined
  lock.commit(() => {
    const plan = new Plan()
    const [main, ...auxiliary] = regions
    const port = witnessing(main.port, plan)
    const heap = new Heap([{ kind: main.kind, port }, ...auxiliary], options)
    // Header and partition table do not change; only what leads to the item has to be confirmed.
    plan.guards.length = 0
    found = outcome(() => heap.find(id, host))
    if (plan.guards.length > MOST_GUARDS) throw tooFar(plan, id, host)
    return plan
  })
  if (found instanceof SmemError) throw found
  const place = found!
  return place.region.kind === 'main' ? { ...place, region: regions[0] } : place
}

function tooFar({ guards }: Plan, id: number, host: number | undefined): SmemError {
  const problem = `${guards.length} words lead to item ${id}, and ${MOST_GUARDS} can be compared under the lock`
  return new SmemError('EINVAL', problem, { item: id, host, hint: 'look it up without `locked`' })
}

function outcome(find: () => ItemPlace): ItemPlace | SmemError {
  try {
    return find()
  } catch (error) {
    if (error instanceof SmemError) return error
    throw error
  }
}
