// SPDX-License-Identifier: MIT
// `watch`: items and fields as they change, on a live screen, as lines, or as JSON.

import { itemName } from '../../data/item-names.js'
import { checkId } from '../../heap/item.js'
import { eventReport } from '../../inspect/watch/event.js'
import { parseUntil, type Until } from '../../inspect/watch/until.js'
import type { WatchEvent } from '../../smem/watch/event.js'
import type { Sampler } from '../../smem/watch/sampler.js'
import { checkInterval, Rhythm } from '../../smem/watch.js'
import { Smem } from '../../smem.js'
import { parseHost, parseItem, parseNumber, usage } from '../arguments.js'
import { type Context, jsonLine, type Options, warn } from '../command.js'
import { Exit } from '../exit.js'
import { eventText } from '../render/event.js'
import { ScreenView } from '../render/screen-view.js'

/** Where events are shown; to be disposed of once, or twice. */
interface View {
  show(events: readonly WatchEvent[], time: Date): void
  [Symbol.dispose](): void
}

/** What ends it: Ctrl-C, which is the usual end, and who has no use for it any more, told as shells do. */
const exitBySignal: Readonly<Record<string, number>> = { SIGINT: Exit.OK, SIGTERM: 128 + 15 }

export async function run(
  context: Context,
  args: readonly string[],
  options: Options,
): Promise<number> {
  const { interval, count, until, items } = parse(args, options)
  using smem = Smem.open(context.source)
  warn(context, smem.source)
  if (!smem.source.live) context.say('warning: a dump does not change')
  for (const { id, host } of [...items, ...(until?.refs ?? [])]) {
    if (id !== undefined) checkId(id, smem.itemCount, host)
  }
  const sampler = smem.sampler({ items })
  let time = new Date()
  let events = sampler.sample(time)
  for (const missing of missingIn(sampler, items, until)) context.say(`warning: ${missing}`)
  const stop = new AbortController()
  const unmet = until === null ? Exit.OK : Exit.FINDINGS
  using _signals = onSignals(context, (signal) => stop.abort(signal))
  using view = viewOf(context, sampler, {
    source: smem.source.name,
    interval,
    named: args.length > 0,
  })
  using rhythm = new Rhythm(interval, stop.signal)
  for (;;) {
    view.show(events, time)
    if (until?.holds(sampler)) {
      view[Symbol.dispose]()
      context.say(`it holds, at sample ${sampler.samples}: ${options.until}`)
      return Exit.OK
    }
    if (sampler.samples === count) return unmet
    await rhythm.next()
    if (stop.signal.aborted) return exitBySignal[stop.signal.reason] || unmet
    time = new Date()
    events = sampler.sample(time)
  }
}

/** What is asked for and not there yet: it may come, or be a slip of the pen. */
function missingIn(sampler: Sampler, items: readonly Named[], until: Until | null): string[] {
  const absent = items.flatMap(({ id, host }) =>
    id === undefined || sampler.find(id, host) !== null
      ? []
      : [`item ${id} (${itemName(id) ?? 'unnamed'}) is not there yet`],
  )
  const fieldless = (until?.refs ?? []).filter(({ id, host, path }) => {
    const fields = sampler.find(id, host)?.fields ?? null
    return path !== '' && fields !== null && !fields.has(path)
  })
  return [...new Set(absent), ...fieldless.map(({ text }) => `there is no field ${text} yet`)]
}

interface Named {
  readonly id?: number | undefined
  readonly host?: number | undefined
}

interface Settings {
  readonly interval: number
  /** Of samples; null: no end. */
  readonly count: number | null
  readonly until: Until | null
  readonly items: readonly Named[]
}

/** @throws SmemError EINVAL */
function parse(args: readonly string[], options: Options): Settings {
  const host = typeof options.host === 'string' ? parseHost(options.host) : undefined
  const interval = numberOf(options.interval, '--interval') ?? 1000
  checkInterval(interval)
  const count = numberOf(options.count, '--count')
  if (count === 0) throw usage('--count 0 leaves nothing to see', 'at least one sample is taken')
  const until = typeof options.until === 'string' ? parseUntil(options.until) : null
  const named = args.map((text): Named => ({ id: parseItem(text), host }))
  if (named.length === 0 && host !== undefined) named.push({ host })
  // Nothing named is everything, and with it what is waited for.
  const waited = named.length === 0 ? [] : (until?.refs ?? [])
  return {
    interval,
    count,
    until,
    items: [...named, ...waited.map(({ id, host }) => ({ id, host }))],
  }
}

function numberOf(text: Options[string], option: string): number | null {
  if (typeof text !== 'string') return null
  const value = parseNumber(text)
  if (value !== null) return value
  throw usage(`${option} "${text}" is no number`, `for example ${option} 100`)
}

function onSignals(context: Context, act: (signal: string) => void): Disposable {
  const off = Object.keys(exitBySignal).map((signal) =>
    context.onSignal(signal as NodeJS.Signals, () => act(signal)),
  )
  return {
    [Symbol.dispose]: () => {
      for (const end of off) end()
    },
  }
}

function viewOf(
  context: Context,
  sampler: Sampler,
  about: { source: string; interval: number; named: boolean },
): View {
  if (context.json) return lines(context, (event) => jsonLine(eventReport(event)))
  const size = context.size()
  return size === null
    ? lines(context, (event) => `${eventText(event)}\n`)
    : new ScreenView(context, sampler, about)
}

function lines({ out }: Context, text: (event: WatchEvent) => string): View {
  return {
    show: (events) => {
      if (events.length > 0) out(events.map(text).join(''))
    },
    [Symbol.dispose]: () => {},
  }
}
