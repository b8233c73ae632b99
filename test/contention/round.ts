// SPDX-License-Identifier: MIT
// One round: everybody enters a fresh SoC, allocates there until time or space is up, and says what came of it.

import { Host } from '#lib/data/hosts.js'
import { type LockRecord, readRecord } from '#lib/lock/record.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import type { RemoteProcessor } from '#lib/testing/remote/remote-processor.js'
import type { RemoteReport } from '#lib/testing/remote/rhythm.js'
import type { Arena } from './arena.js'
import type { Event } from './event.js'
import type { Team } from './team.js'

export interface Round {
  readonly soc: FakeSoc
  readonly arena: Arena
  /** Words of the heap info before: free offset, available. */
  readonly heapInfo: readonly [number, number]
  /** By thread. */
  readonly ours: readonly (readonly Event[])[]
  readonly remotes: readonly RemoteReport[]
  /** What all of them did, the remotes' lookups left out. */
  readonly events: readonly Event[]
  /** Our locks: acquisitions, hold times. */
  readonly record: LockRecord
  /** From the first request to the last. */
  readonly milliseconds: number
}

const FREE_OFFSET = 0xc4

/** The caller closes the SoC. Where the remotes `ignoreLock`, the round is to go wrong. */
export async function playRound(
  arena: Arena,
  seed: number,
  team: Team,
  remotes: readonly RemoteProcessor[],
  ignoreLock = false,
): Promise<Round> {
  const soc = FakeSoc.create(arena.description)
  const { port } = soc.regions[0]
  const heapInfo = [port.read32(FREE_OFFSET), port.read32(FREE_OFFSET + 4)] as const
  await Promise.all([
    team.enter(soc.path, arena, seed),
    ...remotes.map((remote) => remote.attach(soc)),
  ])
  const { ids, sizes, cachedFrom } = arena
  await Promise.all(
    remotes.map((remote) =>
      remote.run({
        seed: seed * 64 + 32 + remote.host,
        hosts: [null, Host.APPS],
        lookups: 0.3,
        ...{ ids, sizes, cachedFrom, ignoreLock },
      }),
    ),
  )
  const ours = await team.fight()
  const reports = await Promise.all(remotes.map((remote) => remote.stop()))
  const events = [
    ...ours.flat(),
    ...reports.flatMap((report, i) => allocations(report, remotes[i]!.host)),
  ]
  const record = readRecord({ fd: soc.fd, position: soc.lockPlaces.file.position })!
  return { soc, arena, heapInfo, ours, remotes: reports, events, record, ...span(events) }
}

/** A remote's partition with apps is, to apps, that of the remote. */
function allocations({ turns }: RemoteReport, remote: number): Event[] {
  return turns
    .filter(({ action }) => action === 'alloc')
    .map(({ id, size, host, cached = false, begun, ended, code }) => {
      return { id, size, host: host === undefined ? null : remote, cached, begun, ended, code }
    })
}

function span(events: readonly Event[]): { readonly milliseconds: number } {
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (const { begun, ended } of events) {
    first = Math.min(first, begun)
    last = Math.max(last, ended)
  }
  return { milliseconds: last - first }
}
