// SPDX-License-Identifier: MIT
// An allocation that is carried out and then not believed: the item is looked up afresh, as any other program would
// find it, and the heap is checked before and after.

import { SmemError } from '../errors.js'
import { type Finding, identityOf } from '../heap/check/finding.js'
import type { Heap } from '../heap/heap.js'
import { Item } from '../item.js'
import { sleepSync } from '../lock/back-off.js'
import type { HeapLock, LockPolicy } from '../lock/heap-lock.js'
import type { LockFilePlace } from '../lock/lock-file.js'
import { lookAtRecord } from '../lock/look.js'
import type { Intent } from '../lock/record.js'
import { Allocator } from '../smem/allocator.js'
import { openHeap, type SmemOptions } from '../smem.js'
import type { Source } from '../source/source.js'
import { type ListedItem, listedItem } from './list.js'
import { describePlan, type PlanReport, type PlanRequest, reportExisting } from './plan.js'

export interface AllocReport {
  readonly report: PlanReport
  /** Errors of the heap that were not there before. */
  readonly findings: readonly Finding[]
}

/** Others allocate meanwhile, and what they are in the middle of looks broken for less than this. */
const SECOND_LOOK = 5

/**
 * @param source open for writing
 * @throws SmemError as `Heap.planAlloc` and `HeapLock.commit`; EIO where the item does not read back as stored
 */
export function allocReport(
  source: Source,
  options: SmemOptions,
  request: PlanRequest,
  policy: LockPolicy,
): AllocReport {
  const heap = openHeap(source, options)
  const lock = source.openLock(policy)
  try {
    const before = new Set(heap.check().map(identityOf))
    const report = allocate(heap, lock, source, request)
    if (!report.written) return { report, findings: [] }
    const afresh = openHeap(source, options)
    confirmItem(report, afresh)
    return { report, findings: newErrors(afresh, before) }
  } finally {
    lock.close()
  }
}

function allocate(heap: Heap, lock: HeapLock, source: Source, request: PlanRequest): PlanReport {
  const dead = announced(source.lockFile)?.process.pid ?? null
  let planned: PlanReport | undefined
  try {
    const { committed } = new Allocator(heap, lock).alloc(request, (allocation) => {
      planned = describePlan(heap, allocation)
    })
    const { hold, recovered } = committed
    const recoveredPid = recovered === null ? null : dead
    return { ...planned!, written: true, commit: { hold, recovered, recoveredPid } }
  } catch (error) {
    return reportExisting(heap, request, error)
  }
}

function announced(file: LockFilePlace | null): Intent | null {
  return file === null ? null : (lookAtRecord(file)?.intent ?? null)
}

function confirmItem({ item }: PlanReport, heap: Heap): void {
  const { id, host, name } = item
  const refuse = (problem: string, cause?: unknown) =>
    new SmemError('EIO', `${name ?? `item ${id}`} was stored, but ${problem}`, {
      item: id!,
      host: host ?? undefined,
      hint: '`qcom-smem verify` says what is wrong with the heap',
      cause,
    })
  let found: ListedItem
  try {
    found = listedItem(new Item(heap.find(id!, host ?? undefined)))
  } catch (error) {
    if (!(error instanceof SmemError)) throw error
    throw refuse(`is not found: ${error.message}`, error)
  }
  const differing = (Object.keys(item) as (keyof ListedItem)[])
    .filter((field) => item[field] !== found[field])
    .map((field) => `${field} ${found[field]} instead of ${item[field]}`)
  if (differing.length > 0) throw refuse(`reads back with ${differing.join(', ')}`)
}

/** What is an error now and was none before; what others are in the middle of has gone at a second look. */
function newErrors(heap: Heap, before: ReadonlySet<string>): Finding[] {
  const look = () =>
    heap.check().filter((one) => one.severity === 'error' && !before.has(identityOf(one)))
  if (look().length === 0) return []
  sleepSync(SECOND_LOOK)
  return look()
}
