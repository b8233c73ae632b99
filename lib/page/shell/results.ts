// SPDX-License-Identifier: MIT
// What a search of the whole page finds: items, by all that is known of them and by the address of any byte of theirs;
// findings; partitions; and the versions of firmware images.

import type { PageData, PageItem } from '../../inspect/page.js'
import { findingsByItem } from '../items/findings.js'
import { matcher } from '../items/search.js'

export interface Result {
  readonly kind: 'item' | 'finding' | 'partition' | 'image'
  readonly title: string
  readonly detail: string
  /** Of the item that shows it; null where that is not an item's page. */
  readonly item: string | null
}

export interface Results {
  readonly shown: readonly Result[]
  /** Items that match, shown or not. */
  readonly items: number
}

const MOST_ITEMS = 8
const MOST_OTHERS = 4

export function searchPage(page: PageData, query: string): Results {
  if (query.trim() === '') return { shown: [], items: 0 }
  const { hosts } = page
  const items = page.items.filter(matcher(query, hosts))
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const others = (results: readonly Result[]) =>
    results
      .filter(({ title, detail }) => hasWords(`${title} ${detail}`, words))
      .slice(0, MOST_OTHERS)
  return {
    shown: [
      ...items.slice(0, MOST_ITEMS).map((item) => itemResult(item, hosts)),
      ...others(findingResults(page)),
      ...others(partitionResults(page)),
      ...others(imageResults(page)),
    ],
    items: items.length,
  }
}

function hasWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
}

function itemResult({ key, id, name, host, address }: PageItem, hosts: PageData['hosts']): Result {
  const where = host === null ? 'global' : nameOf(host, hosts)
  return {
    kind: 'item',
    title: id === null ? 'unreadable' : `${id} ${name ?? 'unnamed'}`,
    detail: address === null ? where : `${where}, ${address}`,
    item: key,
  }
}

function findingResults(page: PageData): Result[] {
  const keys = new Map(
    [...findingsByItem(page)].flatMap(([key, findings]) =>
      findings.map((finding) => [finding, key]),
    ),
  )
  return page.verify.findings.map((finding) => ({
    kind: 'finding',
    title: finding.check,
    detail: finding.message,
    item: keys.get(finding) ?? null,
  }))
}

function partitionResults({ partitions, hosts }: PageData): Result[] {
  return partitions.map(({ global, host0, host1, address, index }) => ({
    kind: 'partition',
    title: global ? 'global partition' : `${nameOf(host0, hosts)} and ${nameOf(host1, hosts)}`,
    detail: `partition ${index}, ${address}`,
    item: null,
  }))
}

function imageResults({ versions }: PageData): Result[] {
  return (versions?.images ?? []).map(({ image, index, name, variant }) => ({
    kind: 'image',
    title: image ?? `image ${index}`,
    detail: `${name} ${variant}`,
    item: null,
  }))
}

function nameOf(host: number, hosts: PageData['hosts']): string {
  return hosts[host] ?? `host ${host}`
}
