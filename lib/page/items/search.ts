// SPDX-License-Identifier: MIT
// Finding items by what is known of them: id, names, host, address, decoder, and the text of their decoded values.
// A physical address finds the item that it lies in.

import type { PageData, PageItem } from '../../inspect/page.js'

/** Whether an item has every word of the query. */
export type Match = (item: PageItem) => boolean

/** Shorter hex numbers are ids and values; an address of DRAM is long. */
const address = /^0x[0-9a-f]{5,}$/

export function matcher(query: string, hosts: PageData['hosts']): Match {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return (item) =>
    words.every(
      (word) =>
        textOf(item, hosts).includes(word) ||
        (address.test(word) && covers(item, Number.parseInt(word, 16))),
    )
}

/** Made once for an item: a change brings a new object. */
const texts = new WeakMap<PageItem, string>()

function textOf(item: PageItem, hosts: PageData['hosts']): string {
  const known = texts.get(item)
  if (known !== undefined) return known
  const { id, name, host, address: at, decoder, aliases, holds, readings, value, error } = item
  const parts = [
    id === null ? '' : `${id} 0x${id.toString(16)}`,
    name,
    ...aliases,
    host === null ? 'global' : `${hosts[host] ?? `host ${host}`}`,
    at,
    decoder,
    holds,
    ...readings.map(({ name }) => name),
    error?.code,
    error?.message,
    ...leaves(value),
  ]
  const text = parts.filter(Boolean).join('\n').toLowerCase()
  texts.set(item, text)
  return text
}

function leaves(value: PageItem['value']): string[] {
  if (value === null) return []
  if (typeof value === 'object') return Object.values(value).flatMap(leaves)
  return [String(value)]
}

function covers({ address: start, size }: PageItem, wanted: number): boolean {
  if (start === null || size === null) return false
  const first = Number.parseInt(start, 16)
  return first <= wanted && wanted < first + size
}
