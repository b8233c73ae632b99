// SPDX-License-Identifier: MIT
// Allocation in a partition: uncached items behind the last one, as in Linux qcom_smem_alloc_private(); cached
// items below the last one, as vendor kernels and firmware do, which mainline only reads.

import { SmemError } from '../errors.js'
import {
  CANARY,
  cachedHeaderSpan,
  PartitionHeader,
  PrivateEntry,
  roundUp,
} from '../layout/partition.js'
import { Plan } from '../port/plan.js'
import type { Allocation, AllocRequest } from './allocation.js'
import { areOrdered, type FreeOffsets, type PartitionEntry } from './partition-table.js'
import type { Region } from './region.js'

const ALIGNMENT = 8
const { offsets: headerWord } = PartitionHeader
const { offsets: entryWord } = PrivateEntry

const FREE_UNCACHED = 'end of uncached items'
const FREE_CACHED = 'start of cached items'

/** What a plan must know of the partition. */
export interface AllocationSite {
  readonly region: Region
  readonly entry: PartitionEntry
  readonly host: number | null
  readonly free: FreeOffsets
  /** As in messages. */
  readonly label: string
}

/** The new entry and what it moves. Offsets are from the start of the partition. */
interface Placing {
  readonly header: number
  readonly data: number
  readonly stored: number
  readonly paddingHdr: number
  /** The word of the partition header that publishes the entry, and what it becomes. */
  readonly freeWord: number
  readonly freeAfter: number
}

/** @throws SmemError ENOSPC as in the kernel; EINVAL where the partition cannot take such an item */
export function planPartitionItem(site: AllocationSite, request: AllocRequest): Allocation {
  const { region, entry, free } = site
  const { id, size, cached = false, zero = false } = request
  const refuse = (code: 'EINVAL' | 'ENOSPC', problem: string, hint?: string) =>
    new SmemError(code, `the ${site.label} ${problem}`, {
      item: id,
      host: site.host ?? undefined,
      address: region.port.base + entry.offset,
      hint,
    })

  const space = free.cached - free.uncached
  const aligned = [entry.offset, free.uncached, free.cached].every((offset) => offset % 4 === 0)
  if (!(aligned && areOrdered(free, entry))) {
    throw refuse(
      'EINVAL',
      `has free offsets that make no sense: uncached ${free.uncached}, cached ${free.cached}, size ${entry.size}`,
      '`qcom-smem verify` says what is wrong with the heap',
    )
  }
  if (cached) {
    const problem = uncacheable(entry, free)
    if (problem !== null) throw refuse('EINVAL', problem)
  }
  const placing = cached ? placeCached(entry, free, size) : placeUncached(free, size)
  const needed = PrivateEntry.size + placing.paddingHdr + placing.stored
  if (needed > space) throw refuse('ENOSPC', `has ${space} bytes left, and ${needed} are needed`)

  const start = entry.offset
  const header = start + placing.header
  const padding = placing.stored - size
  const plan = new Plan()
  plan.guard(start + headerWord.freeUncached, free.uncached, FREE_UNCACHED)
  plan.guard(start + headerWord.freeCached, free.cached, FREE_CACHED)

  if (zero) plan.clear(start + placing.data, placing.stored / 4, 'item: data')
  plan.store(header + entryWord.canary, CANARY + id * 2 ** 16, 'item: canary and id')
  plan.store(header + entryWord.size, placing.stored, 'item: size with padding')
  const paddings = padding + placing.paddingHdr * 2 ** 16
  plan.store(header + entryWord.paddingData, paddings, 'item: padding of data and header')
  // Lock-free readers must see the entry before the free offset that publishes it.
  plan.fence('store', 'the entry before the free offset')
  const freeLabel = cached ? FREE_CACHED : FREE_UNCACHED
  plan.store(start + placing.freeWord, placing.freeAfter, freeLabel)
  const { host } = site
  const offset = start + placing.data
  return {
    plan,
    refusal: null,
    stored: placing.stored,
    place: { id, host, heap: 'partition', cached, region, offset, size, error: null },
  }
}

function placeUncached({ uncached }: FreeOffsets, size: number): Placing {
  const stored = roundUp(size, ALIGNMENT)
  const data = uncached + PrivateEntry.size
  return {
    header: uncached,
    data,
    stored,
    paddingHdr: 0,
    freeWord: headerWord.freeUncached,
    freeAfter: data + stored,
  }
}

/** The header lies above its data, and both take whole cache lines. */
function placeCached(
  { cacheline }: PartitionEntry,
  { cached }: FreeOffsets,
  size: number,
): Placing {
  const stored = roundUp(size, cacheline)
  const span = cachedHeaderSpan(cacheline)
  const header = cached - span
  const data = header - stored
  return {
    header,
    data,
    stored,
    paddingHdr: span - PrivateEntry.size,
    freeWord: headerWord.freeCached,
    freeAfter: data,
  }
}

/** Why it can hold no cached items; padding is kept in 16 bits. */
function uncacheable({ cacheline, offset }: PartitionEntry, { cached }: FreeOffsets) {
  if (cacheline === 0) return 'has no cache line size, and so no cached items'
  if (cacheline % 4 !== 0 || cacheline > 0xffff) return `has a cache line of ${cacheline} bytes`
  if ((offset + cached) % cacheline !== 0) {
    return `has cached items that do not start at a cache line of ${cacheline} bytes`
  }
  return null
}
