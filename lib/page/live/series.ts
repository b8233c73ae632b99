// SPDX-License-Identifier: MIT
// Free space of each heap and allocations, a point for each second of the last minutes. What happens within a second
// is its last word on free space, and the sum of its allocations.

import type { PageData } from '../../inspect/page.js'

export interface Point {
  /** Unix time, seconds. */
  readonly time: number
  /** Bytes by heap; null where they cannot be told. */
  readonly free: ReadonlyMap<string, number | null>
  /** Items that appeared within the second, and their bytes. */
  readonly items: number
  readonly bytes: number
}

const MOST = 600

export class Series {
  #points: Point[] = []

  get points(): readonly Point[] {
    return this.#points
  }

  /** `added`: sizes of the items that are new. `time` in milliseconds. */
  add(time: number, free: Point['free'], added: readonly number[]): void {
    const second = Math.floor(time / 1000)
    const last = this.#points.at(-1)
    const now = {
      time: Math.max(second, last?.time ?? 0),
      free,
      items: added.length,
      bytes: added.reduce((sum, size) => sum + size, 0),
    }
    if (last?.time === now.time) {
      this.#points[this.#points.length - 1] = {
        ...now,
        items: last.items + now.items,
        bytes: last.bytes + now.bytes,
      }
    } else this.#points.push(now)
    if (this.#points.length > MOST) this.#points.splice(0, this.#points.length - MOST)
  }
}

/** Free bytes of the global heap and of each partition, by a name for people. */
export function freeOf({ info, partitions, hosts }: PageData): Map<string, number | null> {
  const name = (host: number) => hosts[String(host)] ?? `host ${host}`
  const own = partitions.filter(({ global }) => !global)
  return new Map([
    ['global heap', info.freeSpace],
    ...own.map(({ host0, host1, free }): [string, number | null] => [
      `${name(host0)} – ${name(host1)}`,
      free,
    ]),
  ])
}

/** From one tick to the next of an axis that counts: there is no half of an item, nor of a byte. */
export const wholeSteps: readonly number[] = Array.from({ length: 10 }, (_, i) => 10 ** i)
  .flatMap((power) => [1, 2, 2.5, 5].map((step) => step * power))
  .filter(Number.isInteger)

const number = new Intl.NumberFormat('en')

/** Heaps whose free space was known at least once: partitions between two other hosts never say. */
export function knownHeaps(points: readonly Point[]): string[] {
  const known = points.flatMap(({ free }) => [...free].filter(([, bytes]) => bytes !== null))
  return [...new Set(known.map(([heap]) => heap))]
}

/** What the charts show, in words. */
export function inWords(points: readonly Point[]): string {
  const last = points.at(-1)
  if (last === undefined) return 'Nothing was seen yet.'
  const free = knownHeaps(points).map((heap) => {
    const bytes = last.free.get(heap) ?? null
    if (bytes === null) return `${heap}: not known`
    const seen = points
      .map((point) => point.free.get(heap) ?? null)
      .filter((value) => value !== null)
    const least = Math.min(...seen)
    const before = least < bytes ? ` (${number.format(least)} at the least)` : ''
    return `${heap}: ${number.format(bytes)} bytes${before}`
  })
  const minute = points.filter(({ time }) => time > last.time - 60)
  const items = minute.reduce((sum, point) => sum + point.items, 0)
  const bytes = minute.reduce((sum, point) => sum + point.bytes, 0)
  const allocations = items === 1 ? '1 item' : `${items} items`
  return `Free: ${free.join('; ')}. Allocated in the last minute: ${allocations}, ${number.format(bytes)} bytes.`
}
