// SPDX-License-Identifier: MIT
// What a watch costs at 100 Hz: the share of one processor that it takes to look at 200 items, of which another process
// changes some from sample to sample.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { smp2pItem } from '#lib/testing/items/smp2p.js'
import type { Contest, Outcome, Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'

const ITEMS = 200
const INTERVAL = 10
const script = fileURLToPath(import.meta.url)

export function watchSuite(effort: Effort): Suite {
  const watching = (changing: number): Contest => ({
    name: `watch ${ITEMS} items at ${1000 / INTERVAL} Hz, ${changing} changing`,
    against: 'nobody',
    unit: 'share',
    // What decoding those that change takes is for information.
    ...(changing === 0 ? { goal: goals.watch } : {}),
    count: 1,
    rounds: 1,
    warmUp: 0,
    ours: () => watch(changing, effort),
    reference: null,
  })
  return { contests: [watching(0), watching(10)], close: () => {} }
}

/** The start, which tells every item and compiles, is not the going rate: hence a warm-up. */
async function watch(changing: number, effort: Effort): Promise<Outcome> {
  const { warmUpSeconds, seconds, node } = effort
  const image = buildImage(description())
  using soc = FakeSoc.fromImage(image)
  using smem = Smem.open({ source: `fake:${soc.path}` })
  // Evenly, so that half of them are of either kind.
  const moving = image.items.filter((_, i) => changing > 0 && i % (ITEMS / changing) < 1)
  const words = moving.map(({ offset, size }) => String(offset + size - 4))
  const changer = spawn(node[0], [...node.slice(1), script, '--change', soc.path, ...words])
  try {
    await watched(smem, warmUpSeconds)
    const [cpu, start] = [process.cpuUsage(), performance.now()]
    const events = await watched(smem, seconds)
    const { user, system } = process.cpuUsage(cpu)
    return { spent: (user + system) / 1000 / (performance.now() - start), sum: events }
  } finally {
    changer.kill()
  }
}

/** How many events there were. */
async function watched(smem: Smem, seconds: number): Promise<number> {
  const signal = AbortSignal.timeout(seconds * 1000)
  let events = 0
  try {
    for await (const _ of smem.watch({ interval: INTERVAL, signal })) events++
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return events
}

/** What the other process does: every 10 ms, all of the words. */
function change(path: string, words: readonly number[]): void {
  const { port } = FakeSoc.attach(path).regions[0]
  setInterval(() => {
    for (const offset of words) port.write32(offset, port.read32(offset) + 1)
  }, INTERVAL)
}

/** Half of them decoded as SMP2P, whose decoder looks into its partner's item; the others plain. */
function description(): Parameters<typeof buildImage>[0] {
  const { data } = smp2pItem({ from: 0, to: 1, entries: { 'master-kernel': 0, smem: 1 } })
  const items = Array.from({ length: ITEMS / 2 }, (_, i) => ({ id: 206 + i, size: 64 }))
  const edges = [427, 428, 429, 430, 431, 435, 436, 481, 443, 444]
  const hosts = Array.from({ length: 10 }, (_, i) => i + 1)
  return {
    version: 12,
    base: 0x86000000,
    size: 0x200000,
    partitions: [
      { global: true, size: 0x20000, items },
      ...hosts.map((host) => ({
        host0: 0,
        host1: host,
        size: 0x8000,
        items: edges.map((id) => ({ id, data })),
      })),
    ],
  }
}

const [, started, option, path, ...words] = process.argv
if (started === script && option === '--change') change(path!, words.map(Number))
