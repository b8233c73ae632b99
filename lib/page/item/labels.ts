// SPDX-License-Identifier: MIT
// How hosts, heaps, sizes and names of items are written, the same wherever they stand.

import type { PageData, PageItem } from '../../inspect/page.js'
import { visible } from './text.js'

const heaps: Record<PageItem['heap'], string> = { toc: 'TOC', partition: 'partition' }

export function heapText({ heap, cached }: Pick<PageItem, 'heap' | 'cached'>): string {
  return cached === true ? `${heaps[heap]}, cached` : heaps[heap]
}

/** `modem (1)`; a null host is the global heap. */
export function hostText(host: number | null, hosts: PageData['hosts']): string {
  if (host === null) return 'global'
  const name = hosts[host]
  return name === undefined || name === `host ${host}` ? `host ${host}` : `${name} (${host})`
}

export function itemTitle({ id, name }: Pick<PageItem, 'id' | 'name'>): string {
  if (name !== null) return visible(name)
  return id === null ? 'broken entry' : `item ${id}`
}

/** A title in two: what tells items of a run apart stands at its end, and must not be what is cut off. */
export function titleParts(title: string): readonly [stem: string, tail: string] {
  const tail = /[+_]\d+$/.exec(title)?.[0] ?? ''
  return [title.slice(0, title.length - tail.length), tail]
}

const count = new Intl.NumberFormat('en')

/** `4,660 bytes (0x1234)`. */
export function sizeText(size: number): string {
  return `${count.format(size)} ${size === 1 ? 'byte' : 'bytes'} (0x${size.toString(16)})`
}

/** `512 KiB`, `4.6 KiB`, `81 B`. */
export function shortSize(size: number): string {
  if (size < 1024) return `${size} B`
  const [value, unit] = size < 1024 ** 2 ? [size / 1024, 'KiB'] : [size / 1024 ** 2, 'MiB']
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} ${unit}`
}
