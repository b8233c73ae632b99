// SPDX-License-Identifier: MIT
// A planned allocation as data: the words it relies on, and what it stores, in order, with what each word is and
// what it holds now. `alloc` prints it before anybody is asked to believe it.

import { hexAddress } from '../errors.js'
import type { Allocation, AllocRequest } from '../heap/allocation.js'
import type { Heap } from '../heap/heap.js'
import { Item } from '../item.js'
import type { Recovered } from '../lock/heap-lock.js'
import type { Step } from '../port/plan.js'
import { existingItem } from '../smem/allocator.js'
import { type ListedItem, listedItem } from './list.js'

export interface PlanRequest extends AllocRequest {
  /** An item of this size that is there already will do. */
  readonly existing: boolean
}

export interface PlannedGuard {
  readonly address: string
  readonly expected: number
  readonly label: string
}

export interface PlannedStep {
  readonly op: Step['op']
  /** Of a fence. */
  readonly kind: 'store' | 'full' | null
  readonly address: string | null
  /** Of a store: the word as it is now, and as it will be. */
  readonly old: number | null
  readonly value: number | null
  /** Of a clear. */
  readonly words: number | null
  readonly label: string
}

/** What became of a plan that was executed. */
export interface CommitReport {
  /** Nanoseconds that the mutex was held. */
  readonly hold: number
  readonly recovered: Recovered | null
  /** Process id of the dead process that was recovered. */
  readonly recoveredPid: number | null
}

export interface PlanReport {
  readonly schema: 'qcom-smem/plan@1'
  /** As it will be listed. */
  readonly item: ListedItem
  /** Bytes that its data takes with padding; null for an item that is there already. */
  readonly stored: number | null
  /** It is there already, as asked: there is nothing to do. */
  readonly existing: boolean
  readonly guards: readonly PlannedGuard[]
  readonly steps: readonly PlannedStep[]
  readonly written: boolean
  readonly commit: CommitReport | null
}

/** What an allocation would do; nothing is written. @throws SmemError as `Heap.planAlloc` */
export function planReport(heap: Heap, request: PlanRequest): PlanReport {
  try {
    const planned = heap.planAlloc(request)
    if (planned.refusal !== null) throw planned.refusal
    return describePlan(heap, planned)
  } catch (error) {
    return reportExisting(heap, request, error)
  }
}

/** The words are read now: before the plan is executed, `old` is what it will replace. */
export function describePlan(heap: Heap, { plan, place, stored }: Allocation): PlanReport {
  const { port } = heap.regions[0]
  const at = (offset: number) => hexAddress(port.base + offset)
  const words = ({ label = '' }: { label?: string | undefined }) =>
    label.replace(/^item:/, `item ${place.id}:`)
  return {
    schema: 'qcom-smem/plan@1',
    item: listedItem(new Item(place)),
    stored,
    existing: false,
    guards: plan.guards.map((guard) => ({
      address: at(guard.offset),
      expected: guard.expected,
      label: words(guard),
    })),
    steps: plan.steps.map((step) => {
      const nothing = { kind: null, address: null, old: null, value: null, words: null }
      const common = { op: step.op, ...nothing, label: words(step) }
      if (step.op === 'fence') return { ...common, kind: step.kind }
      const address = at(step.offset)
      if (step.op === 'clear') return { ...common, address, words: step.words }
      return { ...common, address, old: port.read32(step.offset), value: step.value }
    }),
    written: false,
    commit: null,
  }
}

/** The report of an item that is as good as a new one; else `error` is thrown. */
export function reportExisting(heap: Heap, request: PlanRequest, error: unknown): PlanReport {
  if (!request.existing) throw error
  const place = existingItem(heap, request, error)
  return {
    schema: 'qcom-smem/plan@1',
    item: listedItem(new Item(place)),
    stored: null,
    existing: true,
    guards: [],
    steps: [],
    written: false,
    commit: null,
  }
}
