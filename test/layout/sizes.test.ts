// SPDX-License-Identifier: MIT
// Every offset and size against numbers written down from Linux drivers/soc/qcom/smem.c, in one table.

import assert from 'node:assert/strict'
import { Header, HeapInfo, ProcComm, TocEntry, tocEntryOffset } from '#lib/layout/header.js'
import { cachedHeaderSpan, PartitionHeader, PrivateEntry, roundUp } from '#lib/layout/partition.js'
import {
  InfoRecord,
  PTABLE_MAX_ENTRIES,
  PtableEntry,
  PtableHeader,
  ptableEntryOffset,
} from '#lib/layout/ptable.js'

const table = [
  [ProcComm, 16, { command: 0, status: 4, data1: 8, data2: 12 }],
  [HeapInfo, 16, { initialized: 0, freeOffset: 4, available: 8, reserved: 12 }],
  [TocEntry, 16, { allocated: 0, offset: 4, size: 8, auxBase: 12 }],
  [Header, 0x20d0, { procComm: 0, versions: 0x40, heapInfo: 0xc0, toc: 0xd0 }],
  [PtableHeader, 0x20, { magic: 0, version: 4, numEntries: 8, reserved: 12 }],
  [
    PtableEntry,
    48,
    {
      offset: 0,
      size: 4,
      flags: 8,
      host0: 12,
      host1: 14,
      cacheline: 16,
      hostsBitmap: 20,
      reserved: 28,
      exclusionSizes: 32,
    },
  ],
  [InfoRecord, 20, { magic: 0, size: 4, base: 8, baseHigh: 12, numItems: 16, reserved: 18 }],
  [
    PartitionHeader,
    32,
    {
      magic: 0,
      host0: 4,
      host1: 6,
      size: 8,
      freeUncached: 12,
      freeCached: 16,
      hostsBitmap: 20,
      reserved: 28,
    },
  ],
  [PrivateEntry, 16, { canary: 0, item: 2, size: 4, paddingData: 8, paddingHdr: 10, reserved: 12 }],
] as const

describe('layouts', () => {
  for (const [layout, size, offsets] of table) {
    it(`${layout.label} has the kernel's size and offsets`, () => {
      assert.equal(layout.size, size)
      assert.deepEqual(layout.offsets, offsets)
    })
  }

  it('toc record 511 ends where the header ends', () => {
    assert.equal(tocEntryOffset(0), 0xd0)
    assert.equal(tocEntryOffset(511) + TocEntry.size, 0x20d0)
  })

  it('the partition table page holds 84 entries and the info record', () => {
    assert.equal(PTABLE_MAX_ENTRIES, 84)
    assert.equal(ptableEntryOffset(84), 4064)
  })

  it('a cached header takes its 16 bytes rounded up to the cache line', () => {
    assert.deepEqual([8, 16, 32, 64, 128].map(cachedHeaderSpan), [16, 16, 32, 64, 128])
    assert.equal(roundUp(0xffffffff, 8), 0x100000000)
  })
})
