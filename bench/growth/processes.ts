// SPDX-License-Identifier: MIT
// Several processes that allocate in one partition at once: each goes on as soon as it can, for as long as all of them
// have something to do. The time is that of all together, for each allocation.

import { PartitionHeader } from '#lib/layout/partition.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import type { Outcome, Runner, Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { Peer, type Terrain } from '../rivals/peer.js'

const MODEM = 1
const FIRST_ID = 9
/** Ids, and so allocations of a round, for each process. */
const IDS = 1000
const MOST = 8

export function processesGrowth(processes: number, { growthRounds, node }: Effort): Suite {
  const image = buildImage({
    version: 12,
    base: 0x86000000,
    size: 0x400000,
    itemCount: FIRST_ID + MOST * IDS,
    partitions: [
      { global: true, size: 0x1000 },
      { host0: 0, host1: MODEM, size: 0x200000 },
    ],
  })
  const soc = FakeSoc.fromImage(image)
  const { offset } = image.partitions[1]!
  const team = (peer: (terrain: Terrain) => Peer) =>
    Array.from({ length: processes }, (_, i) => {
      return peer({ soc, partition: offset, firstId: FIRST_ID + i * IDS })
    })
  const [ours, theirs] = [team((terrain) => Peer.contender(node, terrain)), team(Peer.c)]
  return {
    contests: [
      {
        name: `alloc(id, 40, { host }), all at once`,
        against: 'C, all locks',
        count: processes * (IDS - 1),
        rounds: growthRounds,
        agree: true,
        ours: allocating(ours, emptying(soc, offset))!,
        reference: allocating(theirs, emptying(soc, offset)),
      },
    ],
    close() {
      for (const peer of [...ours, ...theirs]) peer.close()
      soc.close()
    },
  }
}

/** What lies behind a free offset is nothing: so the header is all it takes. */
function emptying(soc: FakeSoc, offset: number): () => void {
  const [{ port }] = soc.regions
  const fresh = new Uint32Array(PartitionHeader.size / 4)
  port.readWords(offset, fresh)
  return () => port.writeWords(offset, fresh)
}

/** null where they are not here. */
function allocating(team: readonly Peer[], empty: () => void): Runner | null {
  const runners = team.map((peer) => ({ ready: peer.runner('ready'), take: peer.runner('take') }))
  if (runners.some(({ take }) => take === null)) return null
  return async (count): Promise<Outcome> => {
    empty()
    for (const { ready } of runners) await ready!(1)
    const each = count / team.length
    const start = process.hrtime.bigint()
    const shares = await Promise.all(runners.map(({ take }) => take!(each)))
    const spent = Number(process.hrtime.bigint() - start)
    return { spent, sum: shares.reduce((sum, share) => sum + share.sum, 0) }
  }
}
