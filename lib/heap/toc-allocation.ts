// SPDX-License-Identifier: MIT
// Allocation in the global heap of version 11: an entry of the table of contents, and the free space behind the
// last item. Source: Linux drivers/soc/qcom/smem.c, qcom_smem_alloc_global().

import { itemName } from '../data/item-names.js'
import { SmemError } from '../errors.js'
import { AVAILABLE, FREE_OFFSET, Header, TocEntry, tocEntryOffset } from '../layout/header.js'
import { roundUp } from '../layout/partition.js'
import { Plan } from '../port/plan.js'
import type { Allocation, AllocRequest } from './allocation.js'
import type { ItemPlace } from './item.js'
import type { Region } from './region.js'

const ALIGNMENT = 8
const { offsets: entryWord } = TocEntry

/** Adds guards for the words that every allocation moves. */
export function witnessToc({ port }: Region, plan: Plan): void {
  for (const at of [FREE_OFFSET, AVAILABLE]) plan.guard(at, port.read32(at))
}

/** @throws SmemError EEXIST, ENOMEM as in the kernel; EINVAL where the heap's records make no sense */
export function planTocItem(main: Region, request: AllocRequest): Allocation {
  const { id, size, cached = false, zero = false } = request
  const { port } = main
  const entry = tocEntryOffset(id)
  const refuse = (code: 'EEXIST' | 'EINVAL' | 'ENOMEM', problem: string, hint?: string) =>
    new SmemError(code, problem, { item: id, address: port.base + entry, hint })

  if (cached) throw refuse('EINVAL', 'a table of contents has no cached items; partitions have')
  if (port.read32(entry + entryWord.allocated) !== 0) {
    throw refuse('EEXIST', `item ${id} (${itemName(id) ?? 'unnamed'}) is allocated already`)
  }
  const free = port.read32(FREE_OFFSET)
  const available = port.read32(AVAILABLE)
  const stored = roundUp(size, ALIGNMENT)
  if (stored > available) {
    throw refuse(
      'ENOMEM',
      `${stored} bytes are not left in the global heap, which has ${available}`,
    )
  }
  if (free % 4 !== 0 || free < Header.size || free + stored > port.size) {
    throw refuse(
      'EINVAL',
      `the heap info says that free space starts at ${free} of ${port.size} bytes and has ${available}`,
      '`qcom-smem verify` says what is wrong with the heap',
    )
  }

  const plan = new Plan()
  plan.guard(entry + entryWord.allocated, 0, 'item: allocated')
  plan.guard(FREE_OFFSET, free, 'free offset')
  plan.guard(AVAILABLE, available, 'available')
  const auxBase = port.read32(entry + entryWord.auxBase)
  plan.guard(entry + entryWord.auxBase, auxBase, 'item: region')

  if (zero) plan.clear(free, stored / 4, 'item: data')
  plan.store(entry + entryWord.offset, free, 'item: offset')
  plan.store(entry + entryWord.size, stored, 'item: size')
  // The kernel leaves this word alone; what an earlier boot left in it would lead to another region.
  if (auxBase !== 0) plan.store(entry + entryWord.auxBase, 0, 'item: region')
  // Lock-free readers must see offset and size before `allocated`.
  plan.fence('store', 'offset and size before allocated')
  plan.store(entry + entryWord.allocated, 1, 'item: allocated')
  plan.store(FREE_OFFSET, free + stored, 'free offset')
  plan.store(AVAILABLE, available - stored, 'available')
  const place: ItemPlace = {
    id,
    host: null,
    heap: 'toc',
    cached,
    region: main,
    offset: free,
    size: stored,
    error: null,
  }
  return { plan, refusal: null, stored, place }
}
