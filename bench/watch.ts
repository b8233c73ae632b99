// SPDX-License-Identifier: MIT
// What a watch costs at 100 Hz: the share of one core that it takes to look at 200 items, of which some change from
// sample to sample. A figure, not a contest; alone: `node build/ts/bench/watch.js [SECONDS]`.

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
  /** Of items that are looked at; what decoding those that change takes is a figure only. */
  readonly goal: number | null
}

const ITEMS = 200
const INTERVAL = 10
const GOAL = 0.05
/** The start, which tells every item and compiles, is not the going rate; ms. */
const WARM_UP = 3000
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
  const told = async (milliseconds: number) => {
    const signal = AbortSignal.timeout(milliseconds)
    let events = 0
    try {
      for await (const _ of smem.watch({ interval: INTERVAL, signal })) events++
    } catch (error) {
      if (!signal.aborted) throw error
    }
    return events
  }
  await told(WARM_UP)
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  const events = await told(seconds * 1000)
  const { user, system } = process.cpuUsage(cpu)
  const elapsed = performance.now() - start
  return {
    name: `watch ${ITEMS} items at ${1000 / INTERVAL} Hz, ${changing} changing`,
    samples: Math.round(elapsed / INTERVAL),
    events,
    share: (user + system) / 1000 / elapsed,
    goal: changing === 0 ? GOAL : null,
  }
}

export function watchText({ name, samples, events, share, goal }: WatchFigure): string {
  const met = goal === null ? '' : `; goal ${goal * 100} %: ${share < goal ? 'met' : 'MISSED'}`
  return `${name}: ${(share * 100).toFixed(1)} % of a core, ${samples} samples, ${events} events${met}`
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
  for (const changing of [0, 10]) {
    console.log(watchText(await watchFigure(changing, Number(option ?? 10))))
  }
}
