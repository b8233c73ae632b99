// SPDX-License-Identifier: MIT
// The table of contents as its records stand in memory, for checks. Read like a listing reads it: a record
// that was published between two looks is left for the next one.
// Source: Linux drivers/soc/qcom/smem.c, struct smem_global_entry.

import { Header, TOC_ENTRIES, TocEntry, tocEntryOffset } from '../../layout/header.js'
import type { Region, Regions } from '../region.js'
import { selectRegion } from '../region.js'

export interface TocRecord {
  readonly id: number
  /** Physical, of the record itself. */
  readonly address: number
  readonly allocated: number
  /** Of the data, from the start of its region. */
  readonly offset: number
  readonly size: number
  readonly auxBase: number
  /** null where aux_base selects none. */
  readonly region: Region | null
}

export interface TocRecords {
  readonly allocated: readonly TocRecord[]
  /** Records of free items whose aux_base is not 0. */
  readonly selecting: readonly TocRecord[]
}

const WORDS = TocEntry.size / 4

/** As many records as region 0 holds, 512 if it is whole. */
export function readTocRecords(regions: Regions): TocRecords {
  const { port } = regions[0]
  const room = Math.floor((port.size - Header.offsets.toc) / TocEntry.size)
  const count = Math.max(0, Math.min(TOC_ENTRIES, room))
  const published = new Uint32Array(count * WORDS)
  const words = new Uint32Array(count * WORDS)
  port.readWords(Header.offsets.toc, published)
  // Lock-free readers must load offset and size after they have seen `allocated`.
  port.fence('load')
  port.readWords(Header.offsets.toc, words)
  const records: { allocated: TocRecord[]; selecting: TocRecord[] } = {
    allocated: [],
    selecting: [],
  }
  for (let id = 0; id < count; id++) {
    const at = id * WORDS
    const allocated = words[at]!
    const auxBase = words[at + 3]!
    const kind = allocated === 0 ? 'selecting' : 'allocated'
    if (kind === 'allocated' ? published[at] === 0 : auxBase === 0) continue
    records[kind].push({
      id,
      address: port.base + tocEntryOffset(id),
      allocated,
      offset: words[at + 1]!,
      size: words[at + 2]!,
      auxBase,
      region: selectRegion(regions, auxBase),
    })
  }
  return records
}

/** Whether the item leaves its region; region 0 ends at `heapEnd` for items. */
export function outsideRegion({ region, offset, size }: TocRecord, heapEnd: number): boolean {
  if (region === null) return false
  return offset + size > (region.kind === 'main' ? heapEnd : region.port.size)
}

/** Whether it is an item of region 0, and inside it: what can be compared with the rest of region 0. */
export function insideMain(record: TocRecord, heapEnd: number): boolean {
  return record.region?.kind === 'main' && !outsideRegion(record, heapEnd)
}

/** Items 0 to 8 are the static area itself, laid out by firmware and not by an allocator. */
export const LAST_FIXED_ITEM = 8
