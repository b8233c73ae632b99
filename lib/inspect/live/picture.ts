// SPDX-License-Identifier: MIT
// What those who look have before them: the last page, and what has become different when there is a newer one. Each
// item is written as JSON once, when it has changed, for all viewers and for the whole page.

import type { PageChange, PageData, PageItem } from '../page.js'

/** What a change can say. When something else differs, a whole page has to be sent. */
const changing = ['time', 'header', 'info', 'partitions', 'verify', 'map', 'items'] as const

export class Picture {
  #page: PageData
  #items: ReadonlyMap<string, string>
  #json: string | null = null

  constructor(page: PageData) {
    this.#page = page
    this.#items = drawn(page.items)
  }

  /** All of the page. */
  get json(): string {
    this.#json ??= this.#write()
    return this.#json
  }

  /** @returns the change as JSON, `'all'` where a change cannot tell it, null where nothing is different */
  replace(page: PageData): string | 'all' | null {
    const before = this.#page
    const had = this.#items
    this.#page = page
    this.#items = drawn(page.items)
    if (differs(fixed(before), fixed(page))) return this.#told('all')
    const items = [...this.#items].filter(([key, text]) => had.get(key) !== text)
    const gone = [...had.keys()].filter((key) => !this.#items.has(key))
    const moved = differs(before.map, page.map)
    const judged = differs(before.verify, page.verify)
    const rest = differs([before.info, before.partitions], [page.info, page.partitions])
    if (items.length + gone.length === 0 && !moved && !judged && !rest) {
      this.#page = before
      return null
    }
    return this.#change(
      items.map(([, text]) => text),
      {
        gone,
        map: moved ? page.map : null,
        findings: judged ? page.verify.findings : null,
      },
    )
  }

  /** As `replace`, where only the bytes of these items can be different, and who has the mutex. */
  touch(touched: readonly PageItem[], time: Date, owner: number | null): string | null {
    const items = new Map(this.#items)
    const texts: string[] = []
    for (const [key, text] of drawn(touched)) {
      if (items.get(key) === text) continue
      items.set(key, text)
      texts.push(text)
    }
    const { info } = this.#page
    const { hwlock } = info
    if (texts.length === 0 && (hwlock?.owner ?? null) === owner) return null
    this.#items = items
    this.#page = {
      ...this.#page,
      time: time.toISOString(),
      info: { ...info, hwlock: hwlock && { ...hwlock, owner } },
    }
    return this.#change(texts, { gone: [], map: null, findings: null })
  }

  #change(items: readonly string[], rest: Pick<PageChange, 'gone' | 'map' | 'findings'>): string {
    const { time, info, partitions } = this.#page
    return this.#told(withItems({ time, ...rest, info, partitions }, items))
  }

  #told<T>(text: T): T {
    this.#json = null
    return text
  }

  #write(): string {
    const { items: _, ...rest } = this.#page
    return withItems(rest, [...this.#items.values()])
  }
}

function drawn(items: readonly PageItem[]): Map<string, string> {
  return new Map(items.map((item) => [item.key, JSON.stringify(item)]))
}

/** An object as JSON, with items that are JSON already. */
function withItems(rest: object, items: readonly string[]): string {
  return `${JSON.stringify(rest).slice(0, -1)},"items":[${items.join(',')}]}`
}

function fixed(page: PageData): Partial<PageData> {
  const rest: Partial<Record<string, unknown>> = { ...page }
  for (const name of changing) delete rest[name]
  return rest as Partial<PageData>
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}
