// SPDX-License-Identifier: MIT
// What it costs a board to be watched by Prometheus: the time of a scrape and of a sample, and how many words of memory
// each of them reads. On a board a word is a load that no cache answers: there the words are the cost.

import { Metrics } from '#lib/inspect/metrics.js'
import { Decoders } from '#lib/items/decoders.js'
import type { MemoryPort } from '#lib/port/port.js'
import { wrapper } from '#lib/port/wrapper.js'
import { Sampler } from '#lib/smem/watch/sampler.js'
import { viewOf } from '#lib/smem.js'
import { openFake } from '#lib/source/fake.js'
import type { Source } from '#lib/source/source.js'
import { type ProfileName, profileNames } from '#lib/testing/profiles.js'
import type { Suite } from '../contest.js'
import type { Effort } from '../effort.js'
import { goals } from '../goals.js'

/** One scrape, and one sample: words that were read, and how many accesses that took. */
export interface Cost {
  readonly sample: Accesses
  readonly scrape: Accesses
  /** Of the answer to a scrape. */
  readonly bytes: number
  readonly series: number
}

export interface Accesses {
  readonly words: number
  readonly reads: number
  readonly writes: number
}

interface Watching {
  readonly source: Source
  readonly metrics: Metrics
  sample(): void
}

export function metricsSuite({ rounds }: Effort): Suite {
  const watched = profileNames.map((name) => ({ name, ...watch(openFake(name, {})) }))
  return {
    contests: watched.map(({ name, metrics, sample }) => {
      sample()
      return {
        name: `scrape of ${name}`,
        against: 'a sample of it',
        goal: goals.scrape,
        count: 2,
        rounds,
        ours: async (count) => {
          const start = process.hrtime.bigint()
          let sum = 0
          for (let i = 0; i < count; i++) sum += (await metrics.page()).text.length
          return { spent: Number(process.hrtime.bigint() - start), sum }
        },
        reference: (count) => {
          const start = process.hrtime.bigint()
          for (let i = 0; i < count; i++) sample()
          return { spent: Number(process.hrtime.bigint() - start), sum: count }
        },
      }
    }),
    close: () => {
      for (const { source } of watched) source.close()
    },
  }
}

/** Counted, not measured: the same on every machine. */
export async function costOf(profile: ProfileName): Promise<Cost> {
  const count = { words: 0, reads: 0, writes: 0 }
  const source = openFake(profile, {})
  const regions = source.regions.map((region) => ({ ...region, port: counted(region.port, count) }))
  const hwlockOwner = () => {
    count.reads++
    count.words++
    return source.hwlockOwner()
  }
  const [main, ...auxiliary] = regions
  const { metrics, sample } = watch({ ...source, regions: [main!, ...auxiliary], hwlockOwner })
  const taken = async (work: () => unknown): Promise<Accesses> => {
    Object.assign(count, { words: 0, reads: 0, writes: 0 })
    await work()
    return { ...count }
  }
  sample()
  const cost = { sample: await taken(sample), scrape: await taken(() => metrics.page()) }
  const { text } = await metrics.page()
  source.close()
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length
  return { ...cost, bytes: text.length, series }
}

function watch(source: Source): Watching {
  const view = viewOf(source, {})
  const sampler = new Sampler({ regions: source.regions, view, decoders: new Decoders() })
  const metrics = new Metrics({ version: '0', freshness: 0 })
  const sample = () => {
    const start = performance.now()
    const events = sampler.sample()
    metrics.sampled({ source, sampler, events, seconds: (performance.now() - start) / 1000 })
  }
  return { source, metrics, sample }
}

function counted(port: MemoryPort, count: { words: number; reads: number; writes: number }) {
  const read = (words: number) => {
    count.reads++
    count.words += words
  }
  return wrapper(port, {
    read32(offset) {
      read(1)
      return port.read32(offset)
    },
    readWords(offset, into) {
      read(into.length)
      port.readWords(offset, into)
    },
    write32(offset, value) {
      count.writes++
      port.write32(offset, value)
    },
    writeWords(offset, from) {
      count.writes++
      port.writeWords(offset, from)
    },
  })
}
