// SPDX-License-Identifier: MIT
// Snapshots while another processor allocates, in a process of its own: each that is not torn has the items of some
// moment, all of them up to that, and each where it still is in the end.

import assert from 'node:assert/strict'
import { Heap } from '#lib/heap/heap.js'
import { type Snapshot, takeSnapshot } from '#lib/inspect/snapshot.js'
import { BytesPort } from '#lib/port/bytes.js'
import { withHoles } from '#lib/port/holes.js'
import { openFake } from '#lib/source/fake.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { profileNames } from '#lib/testing/profiles.js'
import { nodeCommand } from '../node.js'
import { loadsOf } from './elf.js'

/** The heap of a snapshot, put together again by hand. */
function heapOf({ bytes, note }: Snapshot): Heap {
  const loads = loadsOf(Buffer.from(bytes))
  const regions = note.regions.map(({ kind, base, size, holes }) => {
    const memory = Buffer.alloc(size)
    for (const load of loads) {
      if (load.base >= base && load.base < base + size) load.bytes.copy(memory, load.base - base)
    }
    return { kind, port: withHoles(new BytesPort(memory, { base }), holes) }
  })
  return new Heap(regions as unknown as Heap['regions'])
}

/** Items by id, the newest last. */
function placesOf(heap: Heap): Map<string, string> {
  return new Map(
    heap.items().map(({ id, host, offset, size, error }) => {
      assert.equal(error, null)
      return [`${id} of ${host}`, `${size} bytes at ${offset}`] as const
    }),
  )
}

describe('a snapshot of a busy heap', () => {
  for (const profile of profileNames) {
    it(`of ${profile} has the items of one moment`, async () => {
      using soc = FakeSoc.create(profile)
      await using modem = await soc.remote('modem', { command: nodeCommand() })
      const source = openFake(soc.path, {})
      const taken: Map<string, string>[] = []
      const take = () => {
        const snapshot = takeSnapshot(source, { tool: { name: 'test', version: '1' } })
        if (snapshot.note.torn) return
        const places = placesOf(heapOf(snapshot))
        if (places.size !== taken.at(-1)?.size) taken.push(places)
      }
      take()
      await modem.run({ seed: 7, turns: 400, ids: [256, 511], sizes: [1, 32], pause: [100, 300] })
      const finished = modem.finished()
      let over = false
      void finished.then(() => {
        over = true
      })
      while (!over) {
        take()
        await new Promise((go) => setImmediate(go))
      }
      const { turns } = await finished
      take()
      const allocated = turns.flatMap(({ item, id }) => (item === null ? [] : [`${id} of null`]))
      assert.ok(allocated.length > 50)
      const last = placesOf(new Heap(source.regions))
      const first = taken[0]!
      for (const places of taken) {
        for (const [item, place] of places) assert.equal(place, last.get(item), item)
        // As many as there were then, and they are the oldest: none is missing in between.
        const fresh = allocated.slice(0, places.size - first.size)
        for (const item of [...first.keys(), ...fresh]) assert.ok(places.has(item), item)
      }
      assert.equal(taken.at(-1)!.size, last.size)
      source.close()
    })
  }
})
