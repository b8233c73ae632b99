// SPDX-License-Identifier: MIT
// A page after a change. Items stand in the order of a listing, which the map counts on: global ones by id, then
// those of each host by id, and what has no id last. What has not changed is the same object as before.

import type { PageChange, PageData, PageItem } from '../../inspect/page.js'

export function changed(page: PageData, change: PageChange): PageData {
  const { time, info, partitions, map, findings } = change
  return {
    ...page,
    ...{ time, info, partitions },
    items: changedItems(page.items, change),
    map: map ?? page.map,
    verify: findings === null ? page.verify : { ...page.verify, findings },
  }
}

function changedItems(items: readonly PageItem[], { items: news, gone }: PageChange): PageItem[] {
  const left = new Map(items.map((item) => [item.key, item]))
  for (const key of gone) left.delete(key)
  const others = news.filter(({ key }) => !left.has(key))
  for (const item of news) left.set(item.key, item)
  const now = [...left.values()]
  return others.length === 0 ? now : now.sort(inListing)
}

function inListing(a: PageItem, b: PageItem): number {
  return rank(a.host) - rank(b.host) || last(a.id) - last(b.id) || nth(a.key) - nth(b.key)
}

const rank = (host: number | null) => host ?? -1
const last = (id: number | null) => id ?? Number.MAX_SAFE_INTEGER
const nth = (key: string) => Number(key.slice(key.lastIndexOf(':') + 1))
