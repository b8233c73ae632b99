// SPDX-License-Identifier: MIT
// An allocation is believed only when the item reads back, and what it breaks is told.

import assert from 'node:assert/strict'
import { allocReport } from '#lib/inspect/alloc.js'
import type { HeapLock } from '#lib/lock/heap-lock.js'
import { openSource } from '#lib/source/open.js'
import type { Source } from '#lib/source/source.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { BASE, v11, v12 } from '../heap/images.js'

const request = { id: 429, size: 16, existing: false }

/** Allocates, and lets something happen to the heap right after the commit. */
function alloc(soc: FakeSoc, afterwards: () => void) {
  const source = openSource({ source: `fake:${soc.path}`, writable: true })
  const meddled: Source = {
    ...source,
    openLock: (policy) => {
      const lock = source.openLock(policy)
      const real = lock.commit.bind(lock)
      const commit: HeapLock['commit'] = (prepare) => {
        const done = real(prepare)
        afterwards()
        return done
      }
      return Object.assign(lock, { commit })
    },
  }
  try {
    return allocReport(meddled, {}, request, {})
  } finally {
    source.close()
  }
}

const ENTRY = BASE + 0xd0 + 429 * 16

describe('an allocation that is read back', () => {
  it('is sound', () => {
    using soc = FakeSoc.create(v11)
    const { report, findings } = alloc(soc, () => {})
    assert.deepEqual([report.written, findings], [true, []])
  })

  it('is not believed where its record says something else', () => {
    using soc = FakeSoc.create(v11)
    assert.throws(() => alloc(soc, () => soc.patch32(ENTRY + 8, 24)), {
      code: 'EIO',
      item: 429,
      message: 'SMEM_SMP2P_APPS_BASE+2 was stored, but reads back with size 24 instead of 16',
    })
  })

  it('is not believed where it is not found', () => {
    using soc = FakeSoc.create(v11)
    assert.throws(() => alloc(soc, () => soc.patch32(ENTRY, 0)), {
      code: 'EIO',
      item: 429,
      message: /^SMEM_SMP2P_APPS_BASE\+2 was stored, but is not found: /,
    })
  })

  it('tells what is wrong with the heap that was not before, and nothing else', () => {
    using soc = FakeSoc.create(v12)
    // The partition between two others is not ours to see; the ADSP's is, and is broken already.
    soc.patch32(BASE + 0xc000, 0)
    const { findings } = alloc(soc, () => soc.patch32(BASE + 0xd000, 0))
    assert.deepEqual(
      findings.map(({ check, host }) => [check, host]),
      [['partition-magic', 1]],
    )
  })
})
