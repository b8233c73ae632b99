// SPDX-License-Identifier: MIT
// What a watch costs at 100 Hz: the share of one core that it takes to look at 200 items, of which some change from
// sample to sample. A figure, not a contest: `node build/ts/bench/watch.js [SECONDS]`.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Smem } from '#lib/smem.js'
import { FakeSoc } from '#lib/testing/fake-soc.js'
import { buildImage } from '#lib/testing/image.js'
import { smp2pItem } from '#lib/testing/items/smp2p.js'

export interface WatchFigure {
  readonly name: string
  readonly samples: number
  readonly events: number
  /** Of one core: 0.05 is 5 %. */
  readonly share: number
  readonly goal: number
}

const ITEMS = 200
const INTERVAL = 10
const GOAL = 0.05
const script = fileURLToPath(import.meta.url)

/** `changing`: how many items another process changes between two samples. */
export async function watchFigure(changing: number, seconds: number): Promise<WatchFigure> {
  const image = buildImage(description())
  using soc = FakeSoc.fromImage(image)
  using smem = Smem.open({ source: `fake:${soc.path}` })
  // Evenly, so that half of them are of either kind.
  const moving = image.items.filter((_, i) => changing > 0 && i % (ITEMS / changing) < 1)
  const words = moving.map(({ offset, size }) => String(offset + size - 4))
  const changer = spawn(process.execPath, [script, '--change', soc.path, ...words])
  try {
    return await measured(smem, changing, seconds)
  } finally {
    changer.kill()
  }
}

/** What the other process does: every 10 ms, all of the words. */
function change(path: string, words: readonly number[]): void {
  const { port } = FakeSoc.attach(path).regions[0]
  setInterval(() => {
    for (const offset of words) port.write32(offset, port.read32(offset) + 1)
  }, INTERVAL)
}

async function measured(smem: Smem, changing: number, seconds: number): Promise<WatchFigure> {
  const signal = AbortSignal.timeout(seconds * 1000)
  const watch = smem.watch({ interval: INTERVAL, signal })
  // The first sample tells every item: a start, not the going rate.
  for (let told = 0; told < ITEMS; told++) await watch.next()
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  let events = 0
  try {
    for await (const _ of watch) events++
  } catch (error) {
    if (!signal.aborted) throw error
  }
  const { user, system } = process.cpuUsage(cpu)
  const elapsed = performance.now() - start
  return {
    name: `watch ${ITEMS} items at ${1000 / INTERVAL} Hz, ${changing} changing`,
    samples: Math.round(elapsed / INTERVAL),
    events,
    share: (user + system) / 1000 / elapsed,
    goal: GOAL,
  }
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
if (started === script && option === '--change') {
  change(path!, words.map(Number))
} else if (started === script) {
  for (const changing of [0, 10, 20]) {
    const figure = await watchFigure(changing, Number(option ?? 10))
    const { name, samples, events, share, goal } = figure
    const met = share < goal ? 'met' : 'missed'
    console.log(
      `${name}: ${(share * 100).toFixed(2)} % of a core, ${samples} samples, ${events} events; goal ${goal * 100} %, ${met}`,
    )
  }
}
